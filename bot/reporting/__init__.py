"""What the desk's work amounts to, in counts for leads and decision makers: nobody's words, nobody's id."""
