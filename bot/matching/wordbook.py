"""What words are about, across endings, compounds and the three languages: the table behind :mod:`bot.matching.concepts`.

One concept a line: its name, then its words in Finnish, Swedish and English. ``word*`` is any word that begins so, ``*part``
any word that holds it, a bare word only itself. A word may stand under many concepts. Words that many worries share tell
little and stay out. Knows no service.
"""
# ruff: noqa: E501 - one concept a line reads better than three

TABLE = """
deny | ei en et emme ette eivat eika enka ettei etten | inte ej aldrig ingen inget inga utan | not no never dont doesnt didnt isnt cant cannot wont without nobody havent hasnt couldnt arent
self | mina minun minua minulla minusta minulle itse* | jag mig min mitt mina mej | i me my myself im ive
child | lapsi* lapse* lasta* lasten lapsen muksu* kersa* nassikka* pikkui* pienokai* | barn* unge* ungar telning* litet liten | child* kid kids kiddo little
son | poika* poja* poikaa* pojal* | son sonen sons grabb* pojk* kille* | son sons boy boys
daughter | tytto* tytar* tytta* typy* neiti* likka* | dotter* dottr* flick* tjej* tos* | daughter* girl girls
baby | vauva* *vauva pikkuvauva* imevai* vastasynty* nyytti* | bebis* baby* spadbarn* nyfodd* | baby babies newborn* infant*
toddler | taapero* uhmaika* kaksivuot* yksivuot* | tvaaring* ettaring* smatting* trotsald* | toddler*
preschooler | eskari* esikoul* esiope* viskari* leikkiika* | forskol* eskar* sexaring* femaring* fyraaring* | preschool* kindergart* prek
pupil | koululai* alakoul* *luokkalai* ekaluok* tokaluok* kolmasluok* | skolbarn* lagstadi* skolelev* ettan tvaan trean fyran elev* | pupil* grader* schoolkid* elementary primary grade
teen | teini* nuore* nuorta murkku* murrosik* ylakoul* ylaaste* lukio* amis* ysi* kasi* seiska* | tonar* ungdom* hogstadi* gymnasi* | teen* adolescen* youngster* youth secondary highschool
youngadult | aikuistu* taysiik* kaksikymp* nuori aikui* | ung vuxen myndig unga | adult twenties
mother | aiti* aidin mama mamma* mutsi* | mamma* mor mammor modr* | mom mum mother* mommy mummy mama
father | isa isan isaa isalla isalle isat isien iska isi isin faija* isapuol* | pappa* far farsa* fadern | dad father* daddy papa
spouse | miehe* miesta puoliso* vaimo* avopuol* avomie* avokki* kumppani* aviomie* siippa* | mannen make maken maka frun fru sambo* partner* | wife partner* spouse* hubby boyfriend girlfriend fiance
ex | exa* eks* ex exan entinen entise* | ex exet exman* exfru* tidigare | ex exhusband exwife
grandparent | mummo* mummi* mumm* vaari* ukki* isoaiti* isoisa* isovanhem* pappa* lapsenlap* fammo* | mormor* farmor* morfar* farfar* mommo* moffa fammo* faffa barnbarn* | grandm* grandp* granny grandchild* grandson granddaughter nana
stepfamily | *uusperhe aitipuol* isapuol* bonus* puolison lapsipuol* | bonus* styv* plastmamma* nyfamilj* | step* blended stepson stepdaughter stepkids
siblings | sisarus* sisko* veli veljen veljek* veljeen pikkuvel* isosis* isovel* pikkusis* esikoi* kuopus* kuopuk* kaksos* keskimmai* | syskon* bror* brod* syster* syst* lillebror* storasyster* tvillingar* aldst* yngst* | sibling* brother* sister* twins oldest youngest eldest
twins | kaksos* kaksoi* kolmos* monikko* | tvilling* trilling* | twin* triplet*
pregnant | raskaana raskau* odotan odotamme odotta* rv *laskettu neuvolakort* | gravid* vantar vecka | pregnan* expecting unborn trimester due
birth | synnyty* synnyt* synty* sektio* keisarin* katilo* | forloss* foda fodd* fodde* kejsarsnitt* barnmorsk* bb | birth* labour labor deliver* csection midwife
breastfeeding | imet* imety* rintamai* maito* *maito pullo* korvike* tissi* syotto* syotot syotta* | amma* amning* brostmjolk* ersattning* flask* mjolk* | breastf* nursing formula bottle milk latch*
weaning | sose* kiinte* soseit* sormiruok* maistel* | smakport* puree | solids weaning puree
vaccine | rokot* | vaccin* | vaccin* jab shots immuni*
growthcurve | kasvukay* paino* pituu* kasvaa lihonut laihtu* *paino paastaan | vikt* tillvax* langd* vaxer vager | weight growth height gain* percentile grow
sleep | nuku* nukk* uni unen unta unet *uni nukahta* sanky* youni* paivaun* unikoul* vasy* | somn* somna* laggdags saga sang* | asleep bedtime nap* bed
wakenight | hera* *heraily yolla oisin yot yon valvo* valvot* kukku* | vakna* natten natter* vaken vaka* | wake* waking nights awake
tired | vasy* uupu* *uupum jaksa* voimat poikki lopussa loppu burnout uuvuk* rasit* | trott* utmatt* orka* slut utbrand* krafter sliten | tired exhaust* burn* drained overwhelm* worn coping cope
eating | ruoka* ruoan ruuan *ruoka nirso* ruokai* ruokapoy* nirsoil* valikoi* | ata ater at atit mat maten kras* matbord* | eat* food* meal* picky fussy feeding dinner
potty | vaippa* vaippo* potta* potal* kuiva* kastel* *kastelu pissa* pissi* kakka* kakat* ummet* ulost* tuhri* | bloj* potta* kiss* bajs* toa* vata* forstopp* | potty diaper* nappy nappies pee* poo* toilet* wet* constip* accidents
tantrum | uhma* raivo* kiukku* kiuku* kilahd* raivari* itkupot* huutaa huuto* kirku* | trots* utbrott* skrik* arg ilsk* vredes* raseri* | tantrum* meltdown* defia* rage* screams tantr*
aggression | lyo* loi lyonyt lyomi* puree pure* poti* potki* aggress* hakka* tappel* toni* vakivaltai* | slar slog slass* bit* spark* aggress* knuff* | hit* bites biting kick* aggress* fight* punch* lashes
crying | itku* koliik* parku* | grat skrik* kolik* | cry* cries colic* scream*
limits | rajat raja rajoj* *raja kuri* saannot saanto* tottel* kasvat* komen* uhmaa ehdot* auktori* kurit* | grans* regler* lyd* uppfostr* fostr* | limits rule* boundar* disciplin* obey* listen* parenting defiant behav*
screen | pelaa* peli* pelit pelaami* kanny* puhelin* puhelime* ruutu* netti* some* tiktok* youtube* tabletti* pleikkar* kone konee* konsol* roblox fortnite | spel* mobil* skarm* telefon* natet tiktok* surfplatt* padda* dator* | screen* phone* gaming game* tablet* tiktok* youtube ipad computer online
routine | arki arjen arkea rutiini* aamut aamu* iltatoim* aikataul* paivarytm* rytmi* | vardag* rutin* morgnar* kvallar* | everyday routine* morning* schedule daily
quarrel | riita* riitel* riidel* riido* tappel* kina* nahist* sanahark* *riita | gral* brak* tjafs* grala* | quarrel* argu* fight* row rows bicker*
shouting | huudan huutanut huutami* huutaa raivoan menetan hermot malt* pinna | skriker skrik tappar talamod* ryter hojer rost* | yell* shout* lose temper snap
jealous | mustasuk* *kateus kateel* | svartsj* avundsj* | jealous*
lying | valehtel* valehdel* valhe* varasta* varast* nappai* naapsi* | ljug* stjal* stal snatt* | lie lies lied lying steal* stole theft shoplift*
homehelp | kotiapu* kotipalvel* apukas* hoitoapu* siivo* siivoom* kodinhoi* auttaisi avuks* apuri* | hemhjalp* hemservice* avlast* hjalpa stad* barnvakt* | helper babysit* cleaning hands homehelp house* housework respite
minding | lastenhoi* hoitaj* hoitamaan vahti* vahtii passaa hoidos* lapsenvah* | barnpass* barnvakt* passa* | babysit* minding sitter watch childcare
alonewithkids | yksinhuol* yksinaan *huoltaja totaaliyks* yh | ensam ensamstaende ensamforald* | alone single solo lone
company | seura* juttuseur* kavereit* tutust* kaipaan aikuisseur* yksinai* ystav* tuttav* kahvi* juttel* | sallskap* umgas traffa* vanner lara kanna ensamhet* kaffe* | company lonely friends meet moms people isolat* coffee chat adult
meetingplace | puisto* leikkipuis* kerho* *kerho perhekesk* kahvila* olohuone* kohtaamis* avoin avoi* muskar* | lekpark* klubb* familjecent* cafe* oppna oppet motesplats* | park playgroup* club* cafe dropin open clubs
volunteer | vapaaehtoi* varamumm* varavaari* varaisov* lainamum* | volontar* frivillig* reservmor* reservfar* | volunteer* surrogate
peers | vertais* samassa tilant* kokemuks* muita joilla | kamratstod* likasinn* grupp* sits* | peer* support group same situation others
parish | seurakun* kirkko* kirko* pappi* diakon* ripari* rippikoul* usko* perhekerho* jumal* rukoil* | forsamling* kyrk* prast* diakon* skriftskol* bon | church parish priest pastor deacon* faith confirmation pray*
foodhelp | ruokaapu* ruokakas* ruokajak* lahjakor* leipajo* | matkasse* mathjalp* matbank* matutdeln* | foodbank voucher* parcels
moving | muutti* muutto* muuttan* uusi paikkakun* vieras kaupunk* | inflytt* ny ort* | moved moving new town relocat*
speech | sanoja sanaa sanat sana aante* aanne* ärrä* arra* ankyt* soker* hokee kommunik* kielenkeh* kiele* | tal tala* talet pratar ord orden uttal* stam* stamn* sprak* sludd* | speech speak* word words stutter* stammer* babbl* pronounc* unclear lisp
finemotor | kyna* kynaote* kasial* sakse* leikkaa* nappi* napit pukemi* pukea pukee hieno* kengannau* vetoket* haaruk* lusik* piirt* solmi* | penna* penngrepp* handstil* sax* klipp* knapp* klada* finmotor* skosnore* dragked* bestick* rita* | pencil handwrit* scissors button* zip* dress* finemotor fine motor cutlery shoelac* draw*
sensory | aisti* yliherk* *herkkyys saumat pesulap* aanille melu* kosket* | sinnes* overkansl* kanslig* somm* lappar* ljud* | sensory sensitiv* seams tags noise* texture* loud
grossmotor | kavel* konti* kontt* ryomi* kaanty* kompelo* tasapain* kaatui* motori* kehon* varpail* lihas* jantev* *niska vinot* | ga krypa kryp* klumpig* balans* ramla* motor* tagang* muskel* vand* snubbl* rulla* | walk* crawl* clumsy balance fall* motor muscle* tiptoe* roll* sit posture
pelvic | lantionpohj* laskeum* vatsalihas* liitoski* | backenbotten* framfall* magmuskl* foglossn* | pelvic prolapse diastasis
back | selka* ryhti* niska* hartia* jannitys* nivel* polvi* | rygg* hallning* nack* axel* led* kna* | posture neck shoulder* knee* joint*
development | kehity* *kehitys viive* jaljessa taantu* myohas* kehitt* taidot | utveckl* forsen* milstolp* | develop* delay* behind milestone* regress*
learning | oppi* *oppimi lukemi* lukea lukihai* luki* matikk* matema* laskemi* kirjait* kirjaim* kokei* numerot kertotaul* vaikeuks* kirjoit* | larande* inlarn* lara las laser lasning* dyslex* matte* mattematik* bokstav* prov* vitsord* skriv* | learn* read* dyslex* math* letters exam* grades spell* writing
attention | keskitt* tarkkaav* levoton* vilka* ylivilk* impuls* sahla* unohtel* hajamiel* malta* | koncentr* uppmarks* rastlos* hyperak* impuls* glom* livlig* | concentrat* attention focus* restless hyper* impuls* forget* fidget*
adhd | adhd* add nepsy* autis* asperg* kirjo* neuropsyk* touret* diagno* | adhd* add npf* autis* asperger* spektr* neuropsyk* tourett* diagno* utred* | adhd add autis* asperger* spectrum neuro* tourett* diagnos* nepsy
transitions | siirtym* muutok* muuttui* kaavoih* juuttu* | overgang* forandr* fastna* | transition* change* rigid stuck
assessment | tutkimu* tutkit* arvio* testi* testat* selvit* lahete* lahett* jono* jonotta* odotusai* | utred* bedom* test* remiss* ko koa* vantetid* | assess* test* evaluat* referral waiting queue waitlist screening
daycare | paivakod* paivakot* tarha* tarhas* tarhan varhaiskasvat* perhepaiva* ryhmikse* hoitopaik* hoitoon hoidossa vaka | daghem* smabarnsped* familjedag* dagvard* | daycare nursery kindergarten childcare preschool
dcplace | hoitopaik* paikka* paikan hakem* maksu* aloitt* sopeut* aloitus* pehmea* jattaa ikavo* erokipui* ikava* | plats* avgift* ansok* inskol* lamn* langta* | place fee* apply* settl* dropoff clingy separation
dcstaff | hoitaja* opettaja* ope open avustaj* henkilokun* ryhmakok* | personal* larare* lararen assistent* fröken froken | staff assistant aide
specialneed | erityis* tuen tukea erityisope* integro* tehostet* pedagogi* erityisryhm* | sarskil* specialped* speciallar* anpass* pedagog* | special support iep inclusion accommodations
school | luok* luokan luokka* tunnil* tunti* opettaj* ope wilma* reissuvih* | klass* lektion* larar* wilma* | class* lesson* wilma
bullying | kiusa* kiusaa* *kiusaam nimit* haukku* haukut* syrji* | mobb* reta* retad utfryst* kalla* hackad* | bully* bullied teas* excluded mocked picked
friendless | kavere* kaverit* valitun* ulkopuol* synttar* ystav* porukka* jatetaan seuraan | kompis* van vanner utanfor rast* ensam kalas* ganget | recess alone excluded left invited playmates
absence | poissa* lintsa* lintta* pinna* kouluun koulukay* koulupois* kieltay* koulua | franvar* skolk* vagra* borta skolvagr* | absen* skip* truan* refus* attend* missing
schoolanx | kouluahdist* kouluja* koulupel* esitelm* vatsakip* mahakip* jannitt* | skolangest* magont* nervos* redovis* | stomachache* nervous presentation anxious
headache | paansar* paa paata *sarky migreen* | huvudvark* migran* | headache* migraine*
puberty | murrosik* kuukautis* menkat menkko* kehity* rinnat | pubertet* mens mensen | puberty period periods
weightpupil | ylipain* lihav* lihoo* laihdut* herkut* herkkuja | overvikt* banta* fet* godis* | overweight obes* diet* chubby
healthcheck | terveystark* seulon* naontark* kuulo* nako* silmalas* hoitaja* | halsokontroll* syn horsel* glasogon* skolskotar* | checkup hearing vision eyesight glasses nurse
fear | pelko* pelka* pelot* pelok* kauhu* fobi* | radd* radsl* fobi* skrack* morker* | fear* scared afraid phobia* frighten* terrified
anxiety | *ahdist paniik* jannit* huoles* murehti* stress* hermost* | angest* panik* orol* nerv* stress* | anxi* panic* worry* worries nervous stress*
depressed | masennu* masent* masis* alakul* *masennus synkk* toivot* iloa surull* itkuinen apea* | deprim* deppig* nedstamd* ledsen* glad* depression* hopplos* mork* | depress* sad low hopeless unhappy joy* gloom* numb
compulsion | pakko* *oireet tarkist* peseyt* pesee rituaal* | tvang* ritual* tvatta* | ocd compuls* obsess* ritual*
eatingdisorder | syomishair* anorek* bulim* laihtu* laihdut* kalori* oksent* | atstorn* anorex* bulim* banta* kalori* svalt* | anorex* bulim* starv* calori* eating disorder weigh*
selfharm | viilt* satuttaa itsetuh* itsemur* viiltel* | skar* sjalvska* sjalvm* sjalvdes* | selfharm cutting suicid* selfh*
hallucination | aania harha* psykoo* nakee outoja sekava* vaino* | roster* psykos* hallucin* forvirr* ser | voices psychos* hallucinat* paranoi* delusion*
psychiatry | psykiatr* *psykiatri osasto* laakit* sairaal* | psykiatr* avdelning* medicin* sjukhus* | psychiatr* hospital* ward medicat* inpatient
therapy | terapi* *terapia psykolog* keskustel* juttel* puhua ammatt* | terapi* psykolog* samtal* | therap* psycholog* counsel*
trauma | trauma* jarkytt* onnettom* kuolem* kuoli suru* menety* hautaj* menehty* | trauma* chock* olyck* dog dod* sorg* begrav* | trauma* shock accident death died grief griev* loss funeral
postnatal | synnytysmas* babyblues synnytyks* kiintym* kiint* rakkau* tunne vauvaa | forlossningsdep* anknyt* kanner karlek* bebisen | postnatal postpartum bond* attach* feel love connect
ownmood | ahdistaa masentaa itken itkettaa jaksan unettom* nukun yolla | gratar angslig somnlos* mar mat | insomnia cry panic sleepless feel
relationship | parisuh* suhde suhteen avioliit* liitto* laheis* etaan* etaisy* valit | parforhall* forhall* aktenskap* relation* avstand* glid* | relationship marriage married intimacy distan* drift* couple
infidelity | petta* petti uskotto* toinen nainen sivusuh* syrjahyp* | otro* otrogen* bedra* annan | cheat* affair unfaithful infidelity betray*
sex | seksi* seksuaal* laheisyy* hella* | sex* intim* lust* narhet* | sex* intima* desire kiss affection
coupletalk | kuunt* ymmarr* huomioi* tyonjak* kotityot vastuu* metatyo* | lyssnar forstar pratar hushalls* ansvar* fordeln* | listen* understand communicat* chores mental load resent*
divorce | ero eron erosta eroon eroa eroam* erot* avioero* eronn* eroaja* erosimme erop* | skils* separer* skilj* skild* lamna* | divorc* separat* split* leaving breakup
tellkids | kertoa lapsille kerromme sanoa selitt* | beratta* saga forklara | tell explain
childgrief | suree sureva syyttaa oireil* ikavoi itkee eron kaipaa | sorjer saknar skuld* | misses grieving blame* sad
custody | huolto* huoltaj* yhteishuol* yksinhuoltaj* vuoroas* vuorovii* tapaami* tapaamis* elatus* elari* isyy* isyyd* sopimu* asumi* lahivanh* etavanh* | vardnad* umgang* underhall* vaxelvis* faderskap* avtal* boende* varannan | custody visit* maintenance alimony paternity agreement support joint weekends
dispute | sopuun sopia sopimaan riidois* karaja* oikeu* kiista* vieraann* estaa noudat* vaantoa* vaanto* | komma overens tvist* ratt* domstol* advokat* medl* tingsratt* vagrar | agree* court lawyer* mediat* dispute* conflict refuses
intoxicants | alkohol* juo juominen juopot* ryypp* *juoppo humala* kanni* paihte* paihtei* olut kalja* viina* viini* | alkohol* dricker drick* full fyll* sup* rusmed* ol vin sprit* | alcohol* drink* drunk* booze beer wine addict*
drugs | huume* kannab* pilvi* pilvea amfe* kama* kayttaa aineet piri* pillerit nuusk* vape* vapet* tupak* sahkotup* snus* rokki* polttaa | knark* cannabis* narkot* drog* hasch* snus* vape* roker rok* tobak* | drug* cannabis weed pot vape* vaping nicotine snus smok* cigar* marijuana
gambling | uhkape* raveja vedonly* rahape* pelivel* nettikas* pelaa rahaa kasino* | spelberoen* spelskuld* kasino* spelar bort betting* | gambl* casino bet* betting slots
violence | vakival* lyo* loi hakka* uhkail* uhkaa pahoinp* kurist* mustelm* alista* pelkaan | vald* slar slog misshand* hota* stryp* blamark* radd kontroll* | violen* abus* hit hits beat* threat* chok* bruis* control* afraid
shelter | turvakot* turvakod* pakoon paeta lahtea turvaan karku* pakene* suojaan | skyddshem* fly kvinnojour* skydd* | shelter refuge flee escape safe
controlling | kontroll* vahtii kyttaa rajoit* maaraa kieltaa eristaa rahat mitatoi* nalvi* | kontroll* bestam* isoler* trycker ner* fornedr* | control* isolate* permission money belittle* gaslight* insult* verbally
neglect | laiminl* heitteil* hoitamatta likais* nalka* nalissa valvomatta | vanvard* forsum* smuts* hungri* | neglect* dirty hungry unattended filthy unsafe
cps | lastensuoj* lasu lastens* lasuilm* huostaan* sijoit* sijaisper* huostaanotto ilmoitu* | barnskydd* omhander* fosterhem* soc anmalan* orosanm* placer* familjehem* | cps welfare protection custody foster placed report*
intensive | tehostet* perhetyo* monta kertaa viikossa | intensiv* familjearb* flera ganger | intensive several times
manyhelpers | monta taho* tyontekij* *tyontekija palaver* palaveri* eri paikoi* pompot* juosta verkosto* luukulta luukku* koordin* yhteis* suunnitel* | manga olika kontakt* moten* skickas runt natverk* samordn* plan gemensam* | many professionals workers meetings bounced everyone coordinat* shared plan different appointments
relatives | suku* sukulai* laheis* lahipiir* kummi* laheisneuv* tati* eno* setä* seta* | slakt* narstaende anhorig* gudfor* gudmor* moster* faster* morbror* farbror* | relative* extended uncle* aunt* godparent* network
abusechild | hyvaksik* kosket* koskettel* seksuaal* pahoinpid* insesti* raiska* pedof* alaston* alapaa* | overgrepp* utnyttj* tafs* valdt* incest* ror rort snippa* naken* | molest* touch* rape* naked private* sexual* groom*
police | polii* rikosilm* rikos* rikost* tutkin* oikeuslaak* | polis* anmal* brott* | police crime report* forensic
emergency | heti akuut* hata* paivyst* ensiap* 112 ambulan* vaara* | genast akut* nod* jour* 112 ambulans* fara* | emergency urgent immediately ambulance danger 112
breathing | hengit* hengen* vinkun* henkea | andas* andning* andnod* luft | breath* wheez* choke choking
cough | yska* flunss* nuha* rako* kurkku* tukkois* | hosta* snuv* forkyl* slem* hals* | cough* cold flu runny throat mucus
earinfection | korva* korvatul* | oron* oroninfl* ont | ear ears earache
rash | ihottum* ihottu* *iho kutin* kuti* atoopp* ekseem* nayppyl* punoi* allerg* nokkos* | utslag* eksem* klia* klad* hud* allerg* rod* prick* | rash* eczema itch* skin allerg* hives spots
stomach | vatsa* maha* ripul* oksen* ummetus* vatsatau* | mage* diarr* krak* spy* magsjuk* | stomach tummy diarr* vomit* throw
pain | kipu* kipe* sarky* sark* sattu* kolot* | ont smart* vark* varker | pain* hurt* ache* sore
medicine | laake* laakk* resepti* antibioo* kuuri* *laakitys | medicin* recept* antibiot* | medicin* prescription* antibiotic* pill pills
doctor | terveyskes* terveysas* sairaanh* vastaanot* lekuri* | lakar* halsocent* sjukskot* mottagning* vardcentral* | doctor* gp nurse* clinic surgery appointment
infertility | lapsetto* hedelmoi* ovulaat* yrittanyt* kuukautiski* | barnlos* ivf* fertil* agglossn* | infertil* ivf conceive ovulat*
teeth | hamma* hampaa* *hammas reia* reika* oikom* purenta* tutti* iken* hampait* | tand* tander* tandlak* bett* tandstalln* napp* tandkott* | tooth* teeth dentist* dental cavit* brace* gum* brush* pacifier
nurseclinic | neuvola* terveydenhoi* nlassa | radgivning* neuvola* halsovard* | clinic nurse neuvola
money | raha* rahat rahaa *raha euro* maksaa maksut varaa koyh* pihalla tilil* palkka* tulot palka* | pengar* peng* rad euro* fattig* konto* lon* inkomst* betala* | money afford* broke poor euros income salary pay* wage*
bills | lasku* laskut perint* velka* velat velko* ulosot* laina* luotto* vippi* luottot* osamaks* | rakning* skuld* lan lanet utsokning* kredit* inkasso* lana* | bill* debt* loan* overdue enforcement credit owe
livingsupport | toimeentul* toimentul* kela* perustoi* tuki tuet | utkomst* fpa* bidrag* | assistance benefit* welfare kela support
benefits | kela* vanhempainra* vanhempainv* kotihoidont* kotihoidon lapsilis* aitiyspak* paivaraha* hoitotuk* omaishoi* etuu* hakemu* lomak* asumist* aitiysrah* perhevapaa* tukea tuen | fpa* foraldrap* foraldrapen* barnbidr* vardbidr* hemvards* blankett* ansok* ersattn* formaner moderskap* foraldraled** assistans* bostadsb* ratt | kela allowance* benefit* form forms apply application parental leave entitled eligible maternity
rights | oikeus oikeut* saanko laki* lain valit* valitus* paatos* paatoks* muutoksenh* | ratt* rattighet* lag* beslut* overklag* besvar* | right* entitled law legal allowed appeal* decision
house | asunto* asunno* kampp* kodin muutta* asun | bostad* lagenh* bo | apartment flat house housing place
rent | vuokra* vuokran* haato* haado* irtisan* vuokrarast* | hyra* hyran hyresv* vrak* uppsagd* hyresskuld* | rent* landlord evict* lease tenant arrears
homeless | koditon* koditto* asunnot* kadulle kadulla sohvalla | hemlos* bostadslos* gatan soffan | homeless street nowhere sleep couch
mould | home hometta homei* kosteu* sisailma* ahdas ahtaasti luteit* | mogel* mogl* fukt* inomhus* trangt* vaggloss* | mould mold damp bugs cramped
lifemess | elama* elaman solmus* hallinn* kaaos* umpikuj* paihtee* | liv livet kaos* knut* atervandsgr* kontroll* | life mess chaos control together
work | toita* toissa tyossa duuni* tyopaik* vuorotyo* ura pomo* | arbet* skift* | job jobs shift* career boss
unemployed | tyoton* tyotto* tyottomy* tyonhak* irtisan* lomaut* potkut | arbetslos* permitter* sagsupp* jobbsok* uppsagd* | unemploy* jobless laid fired jobseek*
rehabwork | kuntoutt* aktivoi* tyokokeil* palkkatuk* tyokyky* | rehabiliter* aktiver* arbetsprov* lonesubv* | rehabilit* activation trial
studies | opis* opinno* koulutu* *opisto ammattik* tutkin* opintot* lukio* ammatti* | studi* utbildn* yrkes* examen* studer* | stud* course* degree training vocational education college
dropout | keskeytt* jaanyt huonees* syrjayt* vetayt* paivat erosi koulusta | avbrut* hoppat droppat hemmasitt* isolera* rummet | dropped dropout room withdrawn neet
hobby | harrast* treeni* futis* jaakiek* tekemis* nuorisotil* nutal* nuokk* nuta | hobby* fritid* traning* ungdomsgard* sysselsattn* | hobb* hobbies leisure youth activities centre hangout
badcompany | porukoi* jengi* huonoon vaaraan seuraan kadulla rikos* varasta* pahantek* | fel sallskap gatan hanger | gang* crowd wrong hanging street
newcomer | maahanmuut* suomeen pakolai* turvapaik* oleskelul* kotoutu* tulkki* tulkin ulkomaal* maistraat* kansalai* viisumi* | invandr* flykting* uppehalls* asyl* integration* tolk* nyanland* medborgar* | immigra* refugee* residence permit asylum interpreter integration foreigner visa finland citizenship
langskill | suomea suomen kieli kielta ruotsi* englan* kielitait* kielikur* kurssi* | finska spraket svenska kurs* | finnish language swedish english course translate
culture | kulttuur* uskon* kotimaa* | kultur* hemland* | culture* country religio*
disability | vamma* *vammainen kehitysvam* down liikunta* pyoratuol* kuuro* sokea* cp apuvaline* invali* | funktions* handikapp* utvecklingsst* rullstol* dov* blind* hjalpmedel* cp down | disab* handicap* wheelchair down deaf blind cerebral equipment
assistance | avustaj* henkiloko* omaishoi* tukihenk* tukiper* kuljetus* hoitotuki* | assistent* assistans* narstaendevard* stodperson* stodfamilj* fardtjanst* | assistant assistance caregiver respite transport carer
longill | pitkaaikai* sairau* diabet* epileps* syopa* harvinai* sairas | langvar* sjukdom* diabet* epileps* cancer* sallsynt* kronisk* | chronic disease illness diabet* epilep* cancer rare
unsure | tieda tieda* mihin keneen kenelle kysya neuvoa apua soittaa aloitta* | vart fraga hjalp ringa borja rad | know whom ask advice start turn call
worried | huoli* huole* huolis* mietityt* mietin murhe* | orolig* oro bekymr* undrar funder* | worried concern* worry wonder*
normal | normaal* tavall* yleist* | normalt vanligt | normal common typical
soon | nopeasti pian pikai* odottaa jonossa viikko* | snabbt snart vanta veckor | quick* fast soon wait
manyworries | kaikkea kerralla samaan aikaan yhta monta monen | alltihop samtidigt manga flera | everything once many several
parenthood | vanhemmuu* vanhempa* huono riittam* syyllis* epaonnis* | foralder* foraldraskap* dalig skuld* misslyck* | parenthood failure guilt* bad enough
expectclass | valmennu* perhevalm* synnytysval* tutustumis* kurssi* ryhma* | forberedels* foraldrakurs* kurs* | class classes prenatal antenatal course lamaze
separationanx | tarraut* takertu* ripust* ikava* | klang* hanger saknar | clingy clings separation misses
dark | pimea* painajai* monst* kummitus* | mork* mardrom* monster* spok* | dark nightmare* monster* ghost*
death | kuole* kuoll* kuoli | do doden dog dott dod | death die dead died dying
anger | viha* suuttu* aggress* kiukku* vihai* | arg* ilska* hat* | anger angry mad furious hate*
shame | hape* nolo* hava* | skam* skams* genera* | asham* embarrass* shame
identity | sukupuoli* trans* homo* sateenk* identit* | kons* trans* hbt* gay* identit* | gender trans* gay lesbian identity queer
running | karkai* karkaa katoaa karannut yot poissa hatka* | rymmer rymt* sticker ute natter | runaway runs away sneaks
winter | vaatte* kengat kenkiin talviva* haalar* | klader* skor vinterkl* overall* | clothes shoes winter coat
gift | joulu* lahja* synttar* | jul* present* kalas* | christmas gift* birthday
outing | retki* leiri* loma* matka* | utflykt* lager semester* resa* | trip camp holiday vacation
crisis | kriisi* romaht* luhist* hajoa* | kris* kollaps* rasar* | crisis collaps* breakdown falling apart
homework | laksy* laksyj* kotiteht* | lax* hemlax* | homework
nightcare | vuorohoi* vuoropaiva* iltahoi* yohoi* | skift* nattoppet kvallsvard* | nightcare shift* evening
bath | suihku* kylpy* peseyt* pesta pesee pesulle hygien* haisee | dusch* bada* tvatt* hygien* luktar | shower bath wash* hygiene smells
toothbrush | hammaspes* hammasharj* hampaiden | tandborst* borsta* | toothbrush* brushing
dressing | pukemi* pukea pukee ulkovaatt* vaatte* sukat sukka* hanskat haalar* riisu* | kla klader pakladn* overall* strump* vantar* | dress* clothes socks mittens overalls
hands | kasi kadet katta kadella sorm* | hand hander fing* | hand hands finger*
feet | jalka jalat jalko* jalan nilkka* varpa* lonkk* | fot fotter ben benet ta tarna hoft* | foot feet leg legs ankle hip hips
headshape | paan muoto litistyn* lattana vinokall* kaulari* kypara* paansa kannattel* | sned skall* platt huvud* nacksp* hjalm | flathead flat head torticollis helmet plagio*
face | kasvo* silma* silmi* nena* suu suun huul* kieli | ansikt* oga ogon nasa mun mund lapp* | face eye eyes nose mouth lip lips tongue
shy | ujo* arka arkail* hiljai* vetayty* varautun* puhumat* mutis* selektiiv* | blyg* tyst* tillbakadr* mutis* | shy quiet withdrawn mutism silent timid
play | leikk* leikit* leikki lelu* | leka leker lek leken leksak* | play* toy toys pretend
socialworker | sosiaalityon* sossu* sosu* sosiaaliohj* sosiaalitoim* | socialarbet* socialen soctant* socialhandled* | caseworker socialworker
coordination | vastuutyon* omatyon* yhteyshenk* kokonaisuu* samassa poyda* poytaan | helhet* ansvarig bord* kontaktperson* | table whole coordinator together
therapist | terapeut* puheterap* toimintaterap* fysioterap* | terapeut* talterap* ergoterap* fysioterap* | therapist* physio* occupational
nurseschool | terkkar* terkka koulutervey* kouluterv* | skolhals* skolskot* halsovardar* | schoolnurse
curator | kuraattor* kura koulukuraat* | kurator* skolkurat* | curator counsellor counselor
principal | rehtor* johtaja* | rektor* forestandar* | principal headteacher director
opo | opo yhteishaku* | studiehandled* gemensam | careers guidance
neighbor | naapur* rappu* taloyht* kerrostal* seinan | grann* trapp* | neighbo* upstairs wall
inlaw | anoppi* anopi* appiva* appiukko miehen vaimon | svarmor svarfar svarfor* | inlaw* motherinlaw
ownparents | vanhempani vanhempieni lapsuudenk* kaava* omat | mina foraldrar barndom* uppvaxt* | childhood upbringing pattern
foster | sijais* sijoitet* tukiper* perhehoi* kriisiper* | foster* familjehem* stodfamilj* placerad* | foster* placement
paternity | isyyd* isyys isyy* dna tunnust* | faderskap* erkann* dna | paternity acknowledg* dna
prison | vankil* linnassa linna tuomio* ehdonal* | fangels* inne dom | prison jail parole sentence
military | armeij* inttii intti sivari* | armen milit* | army military
oldparent | muisti* dement* vanhus* omaishoi* | dement* minne* aldring* | dementia elderly
pets | koira* kissa* hevos* lemmik* | hund* katt* hast* | dog dogs cat cats horse* pet pets
swimming | uim* uimahal* vesi vetta | simm* simhall* vatten | swim* water
outside | ulkoil* ulos pihalla pihal* metsa* | ute utomhus gard skog* | outside outdoors yard forest
car | auto auton autoi* ajaa ajokort* | bil bilen kora korkort* | car drive driving licence
message | viesti* kirje* soitta* soitto puhelu* whatsapp* | meddel* brev* samtal | message* letter* phone calls texts
onlineharm | kuvia kuvien nettituttu* snap* kirista* levit* nude* | bilder snap* sprid* hota* | photos pictures online strangers snapchat
meetings | palaver* kokous* tapaami* neuvottel* tilaisuu* | mote* moten traff* nätverksmo* | meeting* appointments
queue | jono* jonos* odotus* peruutu* | ko koer vantelista* vantat | waiting queue waitlist list
noanswer | kuuntel* otettu tosissa* vahatel* uskot* | lyssnar tror allvar* | listens believe believed seriously
refused | hylat* hylky* hylattiin kielteinen evatt* takaisinper* | avslag* nekad* aterkrav* | rejected denied refusal clawback
cut | leikattiin katkes* lakkautet* puolit* | drogs indragen* upphor* | stopped suspended cut
deposit | takuuvuok* vuokratak* sitoum* | hyresgarant* deposition* | deposit guarantee
electricity | sahko* sahkolas* sahkot | el elen elrakn* | electric* electricity utility
groceries | kauppa* kaupas* ruokakaup* | mataffar* butik* | grocer* groceries supermarket
bankruptcy | konkurs* yritta* yrityk* toimini* | konkurs* foretag* | bankrupt* business company
accountpay | tili tilill* palkkap* maksup* kuun lopu* loppukuu* | slutet konto | payday account month
furniture | huonekal* sanky* patja* tavarat pesukone* jaakaap* | mobl* madrass* tvattmaskin* kylskap* | furniture mattress fridge bed floor
evict | haad* haato* muuttokeho* irtisanom* | vrakt vrakning* utkast* | evict* eviction
landlord | vuokranant* vuokraisant* isannoits* | hyresvard* disponent* | landlord*
crowded | ahdas ahtaa* huone* nelio* yksio* kaksio* | trang* trangbod* rum etta tvaa | crowded cramped bedroom studio
citymove | muuttaa muutto* paikkakun* kaupunk* kunta* | kommun* stad* | relocate municipality city
youngmoney | kesaty* opintola* omaan kamppaan itsenaist* | sommarjobb* studielan* egen lya flytta hemifran | independent ownplace
militaryage | aikuistu* 18 tayttaa | fyller arton | turning eighteen
shutin | huoneess* ulos omissa oloissa* eristayt* vuorokausirytm* | rummet inne isoler* dygnsrytm* | room isolated hermit
vape | vape* vapet* hoyry* nikotiin* | vape* vejp* nikotin* | vape* nicotine
partying | bile* ryyppaa* kotibil* festar* juhli* | fest* party* supit | party* partying parties
hangover | krapul* darra* ruttu* putki putkessa | bakfull* baksmall* | hangover binge
relapse | retkah* retkaht* ratke* raitt* kuivilla vieroitus* katko* katkais* | aterfall nykter* avgift* | relapse* sober detox withdrawal rehab
codepend | laheisrii* omainen alkohol* salaa piilot* | anhorig* medberoen* smyg* gommer | codepend* hides secretly
moneygame | pelaa* rahat velkaa pelivelk* | spelar bort pengarna | gambl* lost
gameaddict | pelaa yot peliriip* koukussa | spelberoende | addicted addiction
hearingothers | kuulevat kuulee nakevat nahnyt todista* | hor ser bevittn* | witness* hear see overhear
apology | pyyta* anteeksi lupaa muuttu* | lovar forlat angrar | sorry promises apolog*
jealousctrl | mustasukk* tarkista* puhelimen | kollar telefon svartsjuk* | checks phone jealous
threatkill | tappa* uhka* uhkail* vie | hotar doda | threat* kill
iwhohit | lyon huusin kasi lahti kadu* haluan lopettaa | slog angrar sluta | hit regret stop
scaredchild | sapsah* saikk* varovai* hiipii | rycker sprit* smyger | flinch* tiptoe eggshells
hunger | nalka* ruokaa jaakaap* tyhja | hungri* tomt kylskap* | hungry empty fridge
unsafehome | kodin turval* turvass* turvaa* | trygg* otrygg* sakert | safe* unsafe
handover | luovut* vaihtopaiv* vaihdot haku | overlamn* byt* hamt* | handover* pickup exchange
otherparent | toinen toisen etavanhem* lahivanhem* | foraldern | parent coparent*
weekendvisit | isaviikonlop* viikonloput toinen vkl | varannan helg* veckoslut* | weekend*
newpartner | uusi nainen uuden kumppan* tyttoystav* poikaystav* | nya flickvan* pojkvan* ny kvinna | new girlfriend boyfriend
silenttreat | mykka* mykkakoul* puhumattom* vaikenee | tystnad* tiger | silent treatment stonewall*
household | kotityo* siivou* pyykki* tiskit tyonjak* | hushall* disk* stada tvatten | chores housework laundry dishes
nosex | petipuu* makuuhuon* halata halaus* suudel* | sovrum* kramar kyss* | bedroom hug hugs kiss intimacy
longing | kaipaan ikava* yhteys kadonn* rakast* rakkaus | alskar saknar langtar karlek* | love loving miss connection
thinkleave | harkitsen mietin eroa jaadaanko kannattaa | funderar lamna stanna | leave stay thinking
babyblues | tyhja olo itkettaa tunne robotti* | tom gratmild kanner ingenting | empty robot
birthtrauma | traumaat* synnytyspelk* pelko synnyt* | forlossningsradd* traumat* | traumatic tokophobia
premature | keskos* keskosena keskola* | prematur* tidigt | premature preemie nicu
reflux | reflu* puklai* pulaut* koliik* vatsavaiv* ilmavai* | reflux kolik* krakning* gaser | reflux colic spit gas wind
allergyfood | maitoallerg* allergia* imetysdiee* | mjolkallerg* allergi* | allerg* dairy cmpa
dummy | tutti tutin tuttia tutist* peukalo* | napp* tumme* | dummy pacifier thumb
nightfeed | yosyot* yosyoto* oisin syo yomait* | nattamn* natmat* | nightfeed* nightfeeds
ownbed | oma sanky* omaan sankyyn perhepeti* vieressa | egen sang samsov* bredvid | cosleep* cosleeping ownbed
earlywake | viidelta neljalta aamuyo* aikaisin herata* | femtiden morgonen tidigt | early dawn
naps | paivaune* nokos* paikkari* | tupplur* middagslur* | nap naps
mealtimes | ruokailu* poytaan poydassa lusikk* haarukk* | bordet maltid* sked* | table mealtime* spoon
sweet | herkku* karkki* sokeri* limsa* | godis* socker* lask | candy sweets sugar soda
vision | nako silmalas* karsast* | syn glasogon skel* | vision glasses squint
hearing | kuulo kuulee kuule* korvat | horsel hor | hearing hear
prescription | resepti* laakkeet uusia uusim* | recept* fornya | prescription refill
labs | verikok* laborat* ottaa kokeet hemoglob* | blodprov* laborator* jarnvard* | blood lab tests iron
menstrual | kuukautis* menkat vuoto vuodot | mens* blodning* | periods bleeding
contraception | ehkais* pillerit kierukka* | preventivm* piller spiral | contracept* iud
headlice | tai taita taitä taikampa* kihomat* matoj* | loss lus springmask* | lice pinworm*
tics | tic nykima* nykim* | tics ryckning* | tic tics twitch*
rigid | jumit* juutt* samaa kaavaa rutiineis* | lasa last* fastn* | rigid stuck meltdowns
masking | kuormit* pidattelee purkaa romaht* | overbelast* haller ihop rasar | masking overload* explode
socialskills | sosiaali* tilantei* lukea vuorovaik* | sociala samspel* | social cues interaction
giftedbored | lahjak* tylsis* alisuor* | begav* uttrak* | gifted bored
repeatgrade | luokalle kertaa luokan koulukyps* lykkays* | skolmogn* uppskov | repeat retention readiness deferred
oneonone | avustaja* henkilokohta* pienryhm* pienluok* | assistent* smagrupp* | aide smallgroup assistant
bilingual | kaksikiel* kolmekiel* kotikiel* | tvasprak* flersprak* hemsprak* | bilingual multilingual languages
pronunciation | r s k l aanne sarkee lespa* sossotta* | uttalar lasp* | lisp pronounce pronunciation
firstwords | ensisan* sanavarast* lauseita jokelt* | forsta ord ordforrad meningar joller | vocabulary sentences babble*
throwcatch | pallo* kiinni heitta* pyoralla | boll* cykla* | ball bike catch
exclusion | ulos jat* ryhmasta ulkopuolel* synttarikuts* | utfryst utanfor bjuden | invited uninvited
violenceschool | lyodaan koulussa turpaan toni* valitunn* uhka* | slagen rasten | beaten hallway
onlinebully | somekius* ryhmachat* snapi* | natmobb* gruppchatt* | cyberbully* groupchat
teacherconf | opettajan ope syyttaa epareil* | lararen orattvis* | unfair teacher
morningfight | aamu* aamui* ovesta lahte* myohas* | morg* iväg komma ivag | mornings late door
absencehours | poissaolotun* poissaolo* tunteja luvaton* merkinn* | franvarotimm* ogiltig* | unexcused hours
latenight | myohaan kotiintul* kotiintulo* | sent kvallen hemkomst* | curfew late
disobey | tottele* kuuntele* nenille uhitte* paiskoo | lyssnar lyder smaller | listen disobey* slam* rude
chores | siivota huone* tiskikon* | stada rummet | chores tidy messy
respect | kunnioit* haistat* kiroil* rumasti | respekt* | swear* respect rude
familytime | yhteist* aikaa yhdessa | tid tillsammans | quality together
selfconf | itsetun* itseluott* huono ruma lihava tyhma | sjalvfort* sjalvkans* dum ful | confidence selfesteem worthless stupid ugly
perfectionism | suoritt* paineet vaatii itselta* perfek* | prester* press krav duktig | perfectionis* pressure
panicattack | paniikkikoht* sydan hakkaa tykyt* huimaa | panikattack* hjart* yrsel | panicattack* heart racing dizzy
sleepless | uneton* unettom* nukahtamislaak* melaton* | somnlos* melatonin | insomnia melatonin
selfhate | vihaan itseani inhoan | hatar | hate myself
burnoutwork | sairausl* sairaslom* tyouupum* toihinpaluu* | sjukskriv* utmattn* | sickleave leave burnout
loneliness | yksinain* yksinais* ystavia ketaan | van | lonely loneliness
grieving | suru* surra kuolema* leski* lesken haud* | sorg* sorja anka ankling | grief widow* mourning
"""
