"""Words that people who speak German make passwords of, commonest first (SECURITY AU4).

zxcvbn brings English words and the passwords that were leaked most often; these are added. Lower case; the list below
writes ä ö ü ß, and `GERMAN_WORDS` has the spellings ae oe ue ss as well.
"""

from __future__ import annotations

_PASSWORDS = """
passwort hallo schatz passwort1 schalke sommer frankfurt mausi hasi berlin dragon master werder herzlich ficken arschloch
schatzi ichliebedich hallo123 hallo1 passwort123 geheim sonnenschein killer fussball fußball liebling engel mama papa
baby bärchen mäuschen hase hasilein schnecke schnuffel schnuckel knuddel kuschel spatz spatzi süße süßer prinzessin
blümchen sternchen sonne mond stern sterne himmel herz herzchen liebe ichliebe dich dichliebe forever daniel bayern
fcbayern bvb borussia dortmund hamburg hsv sankt pauli werderbremen gladbach hertha eintracht vfb leipzig kaiserslautern
qwertz qwertzuiop asdfghjkl yxcvbnm qwertz123 123qwertz willkommen anfang test testen admin kennwort zugang geheimnis
losungswort schlüssel computer internet rechner laptop windows drucker monitor tastatur maus handy telefon
"""

_COMMON = """
der die und das ist ich nicht sie den mit ein eine für auf von dem dass auch als wie aber war wir hat man noch nach bei
nur wenn über aus kann haben oder hier sich werden mehr wird sind mir mich immer dann schon jetzt sein ihre einen einer
keine kein etwas nichts alles alle viel viele mal zum zur vor bis durch gegen ohne unter zwischen weil damit also doch
sehr gut gute guten guter gutes neu neue neuen neuer neues alt alte alten alter groß große großer klein kleine kleiner
lang lange kurz hoch tief schnell langsam stark schwach schön schöne schöner schönes toll super klasse genau richtig
falsch wahr leicht schwer warm kalt heiß nass trocken hell dunkel laut leise reich arm frei glücklich traurig müde wach
jung gesund krank lieb lieber liebe böse nett wild ruhig offen zu rechts links oben unten vorne hinten innen außen heute
gestern morgen früher später bald nie niemals ewig jahr jahre monat woche tag tage stunde minute sekunde zeit morgens
mittag abend nacht mitternacht frühling herbst winter ostern weihnachten silvester geburtstag urlaub ferien feierabend
wochenende montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar jänner februar märz april mai
juni juli august september oktober november dezember null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf
zwanzig dreißig vierzig fünfzig hundert tausend million erste zweite dritte erster letzte rot rote roter blau blaue
blauer grün grüne grüner gelb gelbe gelber schwarz schwarze schwarzer weiß weiße weißer grau braun rosa lila orange
silber gold golden bunt mensch menschen mann männer frau frauen kind kinder junge mädchen vater mutter bruder schwester
sohn tochter eltern oma opa onkel tante familie freund freunde freundin nachbar chef kollege kunde kunden gast könig
königin kaiser prinz ritter held hexe zauberer drache teufel gott geist kopf auge augen ohr nase mund zahn hand hände
finger arm bein fuß füße herz haut haar haare blut knochen rücken bauch haus häuser wohnung zimmer küche bad garten
balkon keller dach tür fenster wand boden tisch stuhl bett schrank sofa lampe licht teppich bild bilder spiegel uhr
kerze vase tasse teller glas flasche messer gabel löffel topf pfanne herd ofen kühlschrank auto autos wagen fahrrad
motorrad zug bahn bahnhof bus straße straßen weg brücke flugzeug flughafen schiff boot hafen rad reifen motor benzin
schlüsselbund tasche koffer rucksack buch bücher brief zeitung papier stift kugelschreiber bleistift schule lehrer
schüler klasse studium student universität arbeit büro firma geld euro cent bank konto rechnung vertrag preis steuer
markt laden geschäft kasse post paket amt polizei feuerwehr krankenhaus arzt doktor apotheke kirche schloss burg turm
stadt dorf land länder welt erde meer see fluss bach berg berge tal wald wiese feld strand insel wüste stein sand felsen
wasser feuer luft wind sturm regen schnee eis nebel wolke wolken blitz donner gewitter regenbogen sonnenblume baum bäume
blatt blätter blume blumen rose rosen tulpe veilchen lilie nelke gras moos pilz eiche buche birke tanne fichte kiefer
linde apfel äpfel apfelbaum birne kirsche pflaume erdbeere himbeere banane traube zitrone kartoffel tomate gurke zwiebel
karotte möhre salat kohl bohne erbse brot brötchen butter käse wurst schinken fleisch fisch huhn ei eier milch sahne
zucker salz pfeffer mehl kuchen torte keks schokolade honig marmelade kaffee tee bier wein saft limonade suppe nudel
nudeln reis pizza tier tiere hund hunde katze katzen kater vogel vögel pferd pferde kuh kühe schwein schaf ziege esel
hahn henne ente gans hase kaninchen maus mäuse ratte igel fuchs wolf bär löwe tiger elefant affe giraffe krokodil
schlange frosch schildkröte fische hai wal delfin adler eule rabe spatz taube schwan storch biene wespe fliege mücke
spinne ameise käfer schmetterling raupe schnecke wurm spiel spiele spielen ball tor sport verein mannschaft trainer
laufen gehen kommen stehen sitzen liegen schlafen essen trinken kochen backen lesen schreiben sprechen sagen reden
hören sehen schauen lachen weinen singen tanzen malen bauen kaufen verkaufen geben nehmen machen tun lassen bringen
holen suchen finden verlieren gewinnen lernen wissen denken glauben hoffen lieben hassen leben sterben fahren fliegen
schwimmen springen fallen werfen fangen öffnen schließen helfen danke bitte hallo tschüss servus moin ja nein vielleicht
natürlich musik lied gitarre klavier geige trommel film kino theater bühne kunst farbe foto kamera fernseher radio
nummer zahl name wort wörter frage antwort sache ding teil ende anfang mitte seite linie kreis punkt ecke kante stück
kraft macht recht gesetz krieg frieden freiheit glück pech angst mut wut freude trauer hoffnung traum träume wunsch
wahrheit lüge geheimnis rätsel wunder zauber magie himmel hölle paradies nichts niemand jemand jeder computer netz
netzwerk server webseite homepage email mail programm datei ordner daten datenbank hosting domain webspace postfach
"""

_NAMES = """
anna maria julia sarah laura lisa lena lea hannah johanna katharina sophie sofia emma mia marie clara paula ida greta
frieda charlotte amelie nina jana vanessa jessica jennifer melanie stefanie stephanie sandra nicole claudia andrea
susanne sabine petra monika birgit heike martina anja tanja katja silke kerstin ute gabi renate ursula helga ingrid
gisela christa erika hildegard elfriede gertrud christine christina barbara brigitte angelika karin michael thomas
andreas stefan stephan christian martin peter klaus wolfgang jürgen uwe bernd frank ralf dirk jörg sven lars jan tim
tobias florian sebastian alexander maximilian felix lukas leon paul jonas finn noah elias ben luca philipp david simon
moritz fabian dominik patrick marcel kevin dennis marco mario matthias markus oliver robert rainer dieter horst günter
günther heinz manfred helmut werner gerhard herbert karl karlheinz hans hansi fritz otto ernst walter kurt rudolf rolf
friedrich wilhelm heinrich josef franz anton johann georg ludwig jens holger torsten thorsten volker detlef olaf
müller schmidt schneider fischer weber meyer meier maier mayer wagner becker schulz schulze hoffmann schäfer koch bauer
richter klein wolf schröder neumann schwarz zimmermann braun krüger hofmann hartmann lange schmitt werner krause lehmann
schmid köhler herrmann könig walter mayer huber kaiser fuchs peters lang scholz möller weiß jung hahn schubert vogel
friedrich keller günther frank berger winkler roth beck lorenz baumann franke albrecht schuster simon ludwig böhm winter
kraus martin schumacher krämer vogt stein jäger otto sommer groß seidel heinrich brandt haas schreiber graf schulte
"""

_PLACES = """
deutschland österreich schweiz europa berlin hamburg münchen köln frankfurt stuttgart düsseldorf dortmund essen leipzig
bremen dresden hannover nürnberg duisburg bochum wuppertal bielefeld bonn münster karlsruhe mannheim augsburg wiesbaden
gelsenkirchen mönchengladbach braunschweig chemnitz kiel aachen halle magdeburg freiburg krefeld lübeck oberhausen
erfurt mainz rostock kassel hagen hamm saarbrücken mülheim potsdam ludwigshafen oldenburg leverkusen osnabrück solingen
heidelberg herne neuss darmstadt paderborn regensburg ingolstadt würzburg fürth wolfsburg offenbach ulm heilbronn
pforzheim göttingen bottrop trier recklinghausen reutlingen bremerhaven koblenz bergisch jena remscheid erlangen moers
siegen hildesheim salzgitter cottbus wien graz linz salzburg innsbruck zürich genf basel bern luzern bayern sachsen
hessen thüringen brandenburg niedersachsen schleswig holstein westfalen pfalz saarland schwaben franken tirol kärnten
italien spanien frankreich england holland belgien polen türkei griechenland amerika afrika asien paris london rom
"""

_SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})

_WORDS = [word for words in (_PASSWORDS, _COMMON, _NAMES, _PLACES) for word in words.split() if len(word) > 2]

GERMAN_WORDS = list(dict.fromkeys(spelling for word in _WORDS for spelling in (word, word.translate(_SPELLINGS))))
"""About 1,300 words, each once, commonest first."""
