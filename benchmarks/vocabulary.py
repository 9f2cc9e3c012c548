"""The words that the synthetic corpora are made of, the frequent ones first where an order counts."""

NOUNS = """
government company report system agency contract police program data official minister border court law technology
project product software camera network platform industry service market security military force operation group
member leader country city region state union parliament committee council commission department ministry office
director president spokesman spokeswoman researcher journalist lawyer activist expert analyst engineer investor
executive employee worker customer supplier vendor distributor subsidiary partner owner shareholder board bank fund
budget grant tender purchase sale price cost value payment revenue profit loss share deal agreement licence permit
export import shipment delivery factory plant warehouse port airport aircraft drone vehicle truck ship train bridge
road fence wall gate tower sensor radar satellite phone device app tool database record file document email letter
statement interview investigation inquiry audit review hearing trial case charge verdict sentence appeal ruling
order warrant complaint petition protest march strike vote election campaign candidate party coalition opposition
citizen resident migrant refugee family child student teacher doctor nurse patient hospital school university
laboratory study survey paper article evidence source witness victim suspect detainee prisoner guard officer soldier
commander unit base camp zone corridor district village town river coast island mountain forest field farm land
water energy power oil gas coal solar wind battery grid pipeline mine metal lithium copper steel cement grain wheat
rice fish food medicine vaccine virus disease outbreak emergency disaster flood fire storm drought earthquake
climate emission target policy plan strategy framework standard rule guideline regulation directive sanction embargo
tariff tax subsidy loan debt currency inflation interest rate growth recession recovery investment infrastructure
development construction housing rent mortgage insurance pension wage salary benefit labour training skill job
career identity face fingerprint iris passport visa checkpoint patrol surveillance interception encryption password
breach leak hacker malware spyware exploit vulnerability patch server cloud algorithm model dataset accuracy error
bias test pilot trial deployment upgrade maintenance failure outage delay backlog deadline schedule phase stage
result finding conclusion recommendation concern risk threat attack incident violation abuse harm damage injury
death toll number figure percentage share majority minority average total increase decline rise fall gap difference
change
""".split()
VERBS = """
announced reported confirmed denied signed awarded bought sold supplied delivered deployed tested installed approved
rejected delayed cancelled extended reviewed investigated accused charged convicted released published leaked
disclosed revealed described criticised defended supported opposed funded financed built opened closed expanded
reduced increased cut raised lowered moved transferred exported imported shipped seized stopped blocked banned
allowed required requested ordered asked told warned urged promised planned expected hoped tried failed managed
agreed refused declined replied added noted argued claimed suggested estimated calculated found showed indicated
proved linked connected tied traced identified recognised tracked followed monitored recorded collected stored
shared accessed searched matched processed analysed compared measured counted
""".split()
ADJECTIVES = """
national federal regional local foreign domestic private public military civilian commercial industrial financial
legal illegal secret classified official independent former current senior junior large small major minor
significant limited early late recent previous annual monthly daily initial final internal external technical
medical digital biometric automated remote mobile armed unarmed autonomous experimental additional specific general
broad narrow direct indirect joint separate similar different long short high low strong weak critical urgent
controversial unprecedented widespread systematic
""".split()
ADVERBS = (
    "reportedly repeatedly formally publicly quietly later earlier recently directly jointly partly largely".split()
)
SYLLABLES = """
ba be bi bo da de do fa ga ha ka ke ki ko la le li lo ma me mi mo na ne ni no pa pe ra re ri ro sa se si so ta te ti
to va ve vi vo za zen mar lin tor ber gan hel kov sen ton vic wal dor mun
""".split()
MONTHS = "January February March April May June July August September October November December".split()
PUBLISHERS = (
    "The Morning Ledger",
    "Coastal Courier",
    "Northern Dispatch",
    "Open Register",
    "The Weekly Brief",
    "Harbour Post",
    "Civic Wire",
    "Frontier Monitor",
    "The Examiner Review",
    "Public Record",
)
TOPICS = """
border-technology procurement oversight human-impact drones biometrics data-sharing telecoms-interception
predictive-policing financing lobbying export-controls research-funding courts whistleblowers health-data labour
energy climate-adaptation elections
""".split()
