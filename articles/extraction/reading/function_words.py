"""Words of English grammar and news style that the rules ask for. Closed classes, written for this project."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of ``text``."""
    return frozenset(text.split())


# he, she: sex; p: plural; i: the one who writes; r: relative; o: other
PRONOUNS = {
    "he": "m",
    "she": "f",
    "they": "p",
    "it": "o",
    "i": "i",
    "we": "i",
    "who": "r",
    "you": "o",
}
POSSESSIVES = {"his": "m", "her": "f", "their": "p"}
POSSESSIVE_ENDINGS = {"’s", "'s"}
AUXILIARIES = word_set(
    "has have had having is was are were be been being am do does did will would can could may"
    " might must shall should to ’s 's ’d 'd ’ll 'll ’ve 've ’re 're ’m 'm"
)
PASSIVE = word_set("is was are were been being be")
ADVERBS = word_set(
    "again also already always even ever famously finally first further furthermore himself"
    " herself themselves however initially instead just later meanwhile n’t never not now often"
    " once only previously publicly recently repeatedly reportedly simply soon still then too"
    " usually"
)
PREPOSITIONS = word_set(
    "about across after against along amid among around as at before behind below beside between"
    " beyond by despite during following for from in inside into like near of on onto outside over"
    " per since through throughout to toward towards under until upon via with within without"
)
CLAUSES = word_set(
    "after although and as because before but how if since so than that then though unless until"
    " what when where whereas whether which while why or"
)
CUTS = word_set(
    "that which when while because if whether where although though but then than as so or until"
    " unless"
)
DETERMINERS = word_set(
    "a all an another both each every few her his its many most my no one other our several some"
    " that the their these this those three two four five your"
)
INTRO = PREPOSITIONS | CLAUSES | ADVERBS
INTRO |= word_set(
    "asked citing days earlier here hours last minutes moments months next shortly speaking weeks"
    " years yet back"
)
STARTERS = word_set(
    "A About According Across Add Adding After Against Ago All Almost Along Also Although Amid"
    " Among An And Another Are Around As Asked Asking At Based Because Before Besides Between Both"
    " But By Calling Can Citing Click Could Despite Did Do Does During Each Earlier Even Every Few"
    " Finally First Five Following For Four From Given Had Has Have He Her Here His How However I"
    " If Image In Instead Is It Its Just Last Later Let Like Many Maybe Meanwhile More Most My"
    " Nearly Neither No None Nor Not Noting Now Of Often On Once One Only Or Other Others Our Over"
    " Perhaps Photo Please Read Recently Referring Second See She Should Since So Some Soon"
    " Speaking Still Such Than That The Their Then There These They Third This Those Though Three"
    " Through To Today Tomorrow Too Two Under Unless Unlike Until Up Was Watch We Well Were What"
    " When Where Whether Which While Who Whose Why Will With Within Without Would Yes Yesterday"
    " Yet You Your Have Get Video Advertisement Sign Several Next Together Thus Indeed Either"
    " Everyone Nobody Nothing Today Moreover Nonetheless Nevertheless Therefore Hence Otherwise"
    " Likewise Similarly Additionally Furthermore Consequently Afterwards Elsewhere"
)
MONTHS = word_set(
    "January February March April May June July August September October November December Jan"
    " Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sept. Sep."
    " Oct. Nov. Dec. Monday Tuesday Wednesday Thursday Friday Saturday Sunday Christmas Easter"
    " Thanksgiving Halloween Ramadan"
)
PARTICLES = word_set(
    "de da das del della der den di do dos du la le el al van von bin bint ibn ben ten ter te"
    " dei degli los las zu zum zur af av y"
)
ABBREVIATIONS = word_set(
    "Mr Mrs Ms Mx Dr Prof Sen Sens Rep Reps Gov Govs Gen Col Lt Sgt Capt Maj Cmdr Cpl Adm Rev Hon"
    " St Jr Sr Inc Corp Co Ltd No Nos vs Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Coun"
    " Const Supt Insp Det Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn"
    " Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Ont Que Alta Ph.D W.Va"
)
DOCUMENTS = word_set(
    "statement memo letter report release email e-mail tweet tweets post posts document filing"
    " complaint lawsuit speech message note website affidavit manifesto study ruling editorial"
    " op-ed"
)
MALE = word_set("Mr Sir Lord King Prince Baron Sheikh Father Pope Brother Imam")
FEMALE = word_set("Mrs Ms Miss Dame Lady Queen Princess Baroness Duchess Sister Mother")
MALE_NOUNS = word_set(
    "spokesman chairman congressman councilman businessman salesman fireman policeman assemblyman"
    " alderman actor husband father son brother grandfather uncle nephew boyfriend widower king"
    " prince"
)
FEMALE_NOUNS = word_set(
    "spokeswoman chairwoman congresswoman councilwoman businesswoman saleswoman policewoman"
    " assemblywoman actress wife mother daughter sister grandmother aunt niece girlfriend widow"
    " queen princess"
)
