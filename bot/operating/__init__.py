"""What keeps a front door running and lets those on call see how it is: no turn is taken here, nothing is sent."""
