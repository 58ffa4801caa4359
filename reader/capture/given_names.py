"""Given names that people commonly bear, by which a person's name is told from a heading of two words: data."""

from typing import Final

from reader.text.wordlists import words_of

GIVEN_NAMES: Final = words_of("""
aaron abbie abby abdallah abdelkader abdelrahman abdi abdou abdul abdulaziz abdullah abdulrahman abel abena abhishek
abigail abraham abu ada adam adama addison adel adela adele adelina adem aditi aditya adnan adolfo adriaan adrian
adriana adrienne afshin agata agatha agnes agnese agnieszka agustin ahmad ahmed ahmet aida aidan aiden aileen aimee
ainhoa aino aisha aitor ajay akash akiko akira aksel alaa alain alan alana albert alberto albin alda aldo alec
alejandra alejandro aleksandar aleksandr aleksandra aleksei alena alessandra alessandro alex alexa alexander
alexandra alexandre alexandros alexei alexey alexis alfie alfonso alfred alfredo ali alia aliaksandr alice alicia
alicja alina alison alistair alla allegra allen allie allison alma almudena alonso aloys althea alva alvaro alvin
alyson alyssa amaia amal amanda amara amber ambrose amelia amelie amin amina aminata amir amira amit amitabh amos
amr amrita amy ana anabel anahita anas anastasia anatol anatoly anders andre andrea andreas andreea andrei andrew
andrey andrii andrius andrzej andré andrés andy aneta angela angele angelica angeliki angelina angelo angie angus
aniela anika anil anis anisa anissa anita anja anjali anke ann anna anna-lena annalisa anne anneke annelies
annemarie annette annie annika anouk anselm ansgar anthea anthony antje antoine antoinette anton antonella antoni
antonia antonino antonio antti anwar anya aoife april archie ari ariana ariane ariel arielle arif arjun arlene arman
armando armin arnaud arne arnold aron arpita arseniy artem arthur arturo arun arvid arvind arya asad asha ashley
ashok asif asma asmaa assaf astrid atef atsuko aude auden audrey august augustin augusto aurelie aurelio aurélie
austin ava avery avi avigail aviva axel aya ayaan aydin ayesha ayman ayşe azadeh aziz aziza bahar balint balázs
baptiste barbara barry bart bassam bassem bastian beata beate beatrice beatriz becky bela belen belinda ben bence
benedict benita benjamin benjamín benny benoit bente berit bernadette bernard bernardo bernd bernhard bertram
bertrand beryl bess beth bethany bettina betty bev beverly bhavna bianca bilal bill billie billy birgit bjarne bjorn
björn blaine blair blake blanca blanche boaz bob bobby bodil bogdan bojan bonnie boris borja boutros bozena brad
braden bradford bradley brady bram brandon branko brant brenda brendan brent brett brian brice bridget bridie
brigitte brita britney britta brittany brittney brody bronte bronwyn brooke brooks bruce bruno bryan bryce bryony
burak burkhard byron caitlin caleb calum calvin cameron camila camilla camille candace candice cara carina carl
carla carlo carlos carlotta carlton carly carmel carmela carmen carol carola carole carolin carolina caroline
carolyn carrie carsten casey caspar casper cassandra cassidy cassie catalina catarina cate caterina cathal catherine
cathleen cathrin cathy catriona cecil cecile cecilia cedric celeste celia celine cem cesar chad chaim chaima chandra
chantal charis charlene charles charlie charlize charlotta charlotte chase chaya chelsea chen cheryl cheyenne chiara
chidi chika chinedu chirag chloe chloé chris christa christel christelle christiaan christian christiane christie
christina christine christof christoph christophe christopher christos christy chuck cian ciara cindy ciro claire
clara clare clarence clarissa claude claudia claudio clay clayton clemens clementine cleo cliff clifford clint clive
clotilde cody colette colin colleen colm conall conchita connie connor conor conrad constantin consuelo cora coralie
cordelia corentin corey corine corinne cornelia cornelius corrado cory cosima courtney craig cressida cristian
cristina crystal curt curtis cynthia cyril cyrus cédric césar dag dagmar dagny daisy dale dalia dalila dalton damian
damien damir damla damon dan dana danica daniel daniela daniele danielle daniil danila danilo danièle danny daphne
dara darcy daria darius dariusz darko darlene darrell darren darrin darryl darya daryl dashiell dave david davide
davina davor dawn dayna dayo dean deanna deb debasish debbie deborah debra declan deena deepak deidre deirdre delia
delphine demetrius demi denisa denise deniz dennis denys derek derrick derya desiree desmond detlef detlev devika
devin devon dharma diaa dian diana diane dianne didier diederik diego dieter dilara dilip dima dimitra dimitri
dimitrios dimitris dina dionne dirk divya djamel dmitri dmitriy dmitry domenico domingo dominic dominik dominika
dominique don donald donatella donna donovan dora dorian doris dorit dorota dorothea dorothee dorothy doug douglas
dov dragan drago drew dulce duncan dunja dusan dustin dwayne dwight dylan eamon eamonn earl ebba eberhard ebony ed
eda eddie eddy edgar edgard edith edmond edmund edna edoardo eduard eduarda eduardo edward edwin efraim egor eila
eileen eilidh einar eirik eitan ekaterina ekkehard elad elaine eleanor eleanora elena eleni eleonora elfriede elham
eli elias elijah elina eline elinor eliot elis elisa elisabeth elise elizabeth eliška elke ella elle ellen ellery
ellie elliot elliott elodie eloise elsa elsie elton elvira elvis emad emanuel emanuela emeka emerson emery emil
emile emilia emiliano emilie emilio emily emin emir emma emmanuel emmet emmett emmy emre ena enid ennio enno enrico
enrique enzo eoin erdem erez erhan eric eric-jan erica erich erik erika erin erlend ernest ernesto ernst erol eryn
esme esmeralda esperanza esteban estelle ester esther estrella ethan etienne etta eugen eugene eugenia eugenio eun
eunice eva eva-maria evan evangeline evelina evelyn evelyne evgenia evgeny evie ewa ewan ezra fabian fabienne fabio
fabiola fabrice fabrizio fadhil fadi fahad faisal faizal farah faraz fares fariba farid farida farouk farzana
fatemeh fatih fatima fatma fatou fatoumata faustine fay faye fayez federica federico fedor felicia felicitas
felicity felipe felix feras ferdinand ferenc fergus fernand fernanda fernando ferran fidel fiifi filip filippo filiz
finlay finley finn fiona fiorella firas fleur florence florencia florent florian florin floyd fran franca frances
francesca francesco francine francis francisco franck franco francois frank frankie franklin franz franziska
françois françois-xavier fred frederic frederick frederik fredrik freya frida frieda friederike friedrich fritz
fumiko gabor gabriel gabriela gabriele gabriella gabrielle gad gael gail galina gamal ganesh garance gareth garrett
garry garth gary gaspard gaston gaurav gavin gayle gaëlle geert gemma gena gene genevieve geneviève gennady geoff
geoffrey georg george georges georgia georgie georgina georgios gerald gerard gerda gerhard germaine gerrit gerry
gert gertrude ghada ghassan gheorghe gianluca gianna gianni gideon gila gilad gilbert gilberto gilles gina ginger
ginny giorgia giorgio giorgos giovanna giovanni gisela gisele giselle gita giulia giuliana giuliano giulio giuseppe
glen glenda glenn gloria glyn gonzalo gopal goran gordana gordon gottfried govind grace graciela graeme graham
grainne grant graziella greg gregor gregory greta gretchen gretel griet grigory griselda gudrun guglielmo guido
guillaume guillermo gul gulnara gunnar gunter gurpreet gus gustaf gustav gustavo guy gwen gwendolyn gwyneth gyula
gábor günter günther haakon habib habiba hadas hadi hadley hafsa hagen haider haifa hailey hakan hakim hal hala
haley halima halina halle hallie hamad hamed hamid hamish hamza hana hanan hania hank hanna hannah hanne hannes
hannu hans hans-jürgen hanspeter harald hari harish harold haroon harriet harris harrison harry hartmut haruki
harumi harvey hasan hasmik hassan hassane hattie haya hayden hayley hazel hazem heather heba hebba hector hedda
hedwig heidi heidrun heike heikki heiko heimo heinrich heinz helen helena helene helga helge helmi helmut helmuth
hemant hendrick hendrik henk hennie henning henri henrietta henrik henrike henry henryk hera herbert heribert herman
hermann hermine hernan hernán herve hervé hester hicham hideo hilary hilda hilde hillary hiroko hiroshi hisham
holger hollie holly homa hope horacio horst hortense hossam hossein houda howard hristo hubert huda hugh hugo huong
husam husayn hussam hussein hye hyun iain ian ibrahim ibtissam ida idan ido idris igal ignacio ignatius igor ihab
ikram ilana ilaria ildikó ileana ilia ilja ilka ilona ilse ilya imad iman imane imani imelda imke imogen imran imre
ina inaki indira indra ines inga ingeborg ingmar ingo ingrid ingvar inna inès ioana ioannis iolanda ionut iqbal ira
irem irene iria irina iris irma irmgard irving isa isaac isabel isabela isabella isabelle isadora isaiah isak isha
ishaan ishita isidro isla ismael ismail isobel israa israel issam istván itai itamar iva ivan ivana ivar ivo ivonne
iwona izabela jaakko jaan jacek jacinda jacinta jack jackie jackson jaco jacob jacqueline jacques jad jada jaden
jaeger jagdish jai jaime jaimie jake jakob jakub jalal jaleh jamal jameela james jameson jamie jamila jan jan-willem
jana jane janelle janet janette janez janice janina janine janis janko janne jannik janos janusz jared jarek
jaroslav jarrod jasmin jasmina jasmine jason jasper javad javier jawad jax jay jayden jayne jaynie jayson jean
jean-baptiste jean-claude jean-françois jean-luc jean-marc jean-michel jean-paul jean-pierre jeanette jeanine jeanne
jed jeff jeffery jeffrey jelena jemima jemma jen jenna jennie jennifer jenny jens jeremiah jeremy jeroen jerome
jerry jesper jess jesse jessica jessie jesus jette jia jihad jill jillian jim jimena jimmie jimmy jin jing jitka jo
joachim joakim joan joana joann joanna joanne joao joaquim joaquin joaquín jocelyn jochen jodi jodie jody joe joel
joerg joey johan johann johanna johannes john johnny jolanda jolene jon jonah jonas jonathan jonathon joni jordan
jordana jordi jorg jorge jorgen jorgos joris jose josef josefa josefina josefine josep joseph josephine josette josh
joshua josie joss josé jouni jovan jovana joy joyce joão joëlle juan juan-carlos juana judith judy juha jukka jule
julen jules juli julia julian juliana juliane julianna julie julien juliet juliette julio julius julián jun june
junko juri jussi justin justine justyna jutta juwan jános jérôme jörg jörn jørgen jürgen kaan kabir kacper kadir kai
kaitlin kaitlyn kaja kamal kamala kamil kamila kamran kara karam karan kareem karel karen karen-anne kari karim
karima karin karina karine karl karl-heinz karla karol karolina karoline karsten kasia kasper kassandra kassem
katalin katarina kate katerina kateryna katharina katherina katherine kathi kathleen kathrin kathryn kathy katie
katja katrin katrina katrine katy kaveh kavita kay kaya kayla kaylee kazim kazimierz keiko keir keisha keith kelechi
kelley kelli kellie kelly kelsey kelvin kemal ken kendall kendra kenji kenneth kenny kerem kerry kerstin kevan kevin
khadija khaled khalid khalil kia kian kiara kiera kieran kiki kilian kim kimberley kimberly kimiko kira kiran kiri
kirk kirsi kirsten kirstie kirstin kirsty kit kitty kjell klaas klara klaus knut kobe kofi kojo konrad konstantin
konstantina konstantinos kosta kostas kourosh kris krishna krista kristel kristen kristian kristiina kristin
kristina kristine kristof kristoffer krystal krystyna krzysztof kumar kunal kurt kwabena kwame kyle kylie kyoko kyra
lacey laila lakshmi lale lana lance lara larisa larissa larry lars lasse laszlo latifa latoya laura laure laurel
lauren laurence laurens laurent laurie laurin lavinia lawrence layla lea leah leandro leanne leda lee leen lei leif
leigh leila lela leland lena lene leni lenka lennart lenny leo leon leona leonard leonardo leone leonhard leonid
leonie leonor leonora leopold leroy lesley leslie leticia letizia lev levi lew lewis leyla lia liam liana lidia
lidija lien liesbeth liese liesel lila lili lilia lilian liliana lilith lillian lily lina linda lindsay lindsey
lindy ling linnea linus lionel lior liora lisa lisandro lisbeth lise liselotte lissa liv livia livio liz liza lizzie
ljubica lloyd logan lois lola lon lone lonnie lora loraine loredana loren lorena lorenz lorenzo loretta lori lorna
lorraine lothar lotta lotte lottie lou louane louay louis louisa louise lubna luc luca lucas lucia lucian luciana
luciano lucie lucien lucile lucille lucinda lucio lucrezia lucy lucía ludger ludmila ludovic ludwig luigi luis luisa
luise lujain luka lukas luke luna lupita lutz luz lydia lyla lyn lynda lynette lynn lynne lyudmila lászló léa léon
maarten mabel maciej mackenzie maddie maddy madeleine madeline madison mads mae magali magda magdalena maggie magnus
maha mahdi mahesh mahmoud mahmut mahsa mai maia maike maja makoto malak malala malcolm malek malena malgorzata malik
malika malin mallory malte mandy manfred manish manja manju manny manoj manon mansour manu manuel manuela maor mara
marat marc marcel marcela marcella marcelo marcia marcin marco marcos marcus marek maren marga margaret margarita
margaux margherita margit margo margot margret margrit marguerite mari maria mariah mariam mariama marian mariana
mariangela marianna marianne mariano maribel marie marie-claire marie-louise marieke marija marijke marika marilyn
marin marina mario marion maris marisa marisol marissa marit marita marius mariusz marjan marjorie mark marko markus
marla marlena marlene marlies marlon marlou marnie marta martha marti martijn martin martina martine marty martyn
marvin marwa marwan mary mary-ann maryam maryanne maryse masha mason masoud massimo mateo mateusz mathew mathias
mathieu mathilda mathilde mathis matilda matilde matt matteo matthew matthias matthieu matthijs mattia matty matías
maud maura maureen maurice mauricio maurizio mauro mavis max maxim maxime maximilian maxine maya mayank maysa mayumi
małgorzata meaghan mechthild meera megan meghan mehdi mehmet mehran mei meike meir mel melania melanie melih melina
melinda melisa melissa melody melvin mena meng mercedes meredith meriem merle meryem meryl meta mette mia micaela
micah micha michael michaela michal michał michel michela michele michelle michiel michiko mick mickey miguel
mihaela mihai mika mikael mikail mike mikhail miki mikko mikołaj mila milada milan milana milena miles miley milica
milos miloš milton mimi mina mindy ming minh minna mira miranda mireia mireille mirela miriam mirjam mirko miro
miroslav mirza misha missy mitch mitchell mitra modesto modou moe mohamad mohamed mohammad mohammed mohan mohsen
moira moises moisés molly momin mona monica monika monique monir montse morag mordechai morgan moritz morris morten
moses moshe mostafa mouna mounir moustafa muhammad muhammed muna murad murat muriel murray musa mustafa mya mykola
myles myra myriam mélanie nabil nabila nada nadav nadeem nader nadezhda nadia nadim nadine nadir nadja nael nahed
nahla naima najib nana nancy nanette naoise naoko naomi narendra nasim nasir nasreen nasser nastassia natalia
natalie natascha natasha nate nathalie nathan nathaniel naveed naveen navid nayla nazanin neal ned neda neha neil
nela nell nelly nelson nena nenad nerea nerys nesrine nestor neta neville niall niamh nic niccolò nichola nicholas
nick nicki nicky nico nicola nicolai nicolas nicole nicoletta nicolás nidal niels nigel nihal nik nika nikhil niki
nikita nikki niklas niko nikola nikolai nikolaj nikolaos nikolaus nikolay nikos nils nilufar nima nina ninon nir
nisha nishant nissim nita nithya nitin niv noa noah noam noel noelia noelle nolan noor nora norah norbert noreen
norma norman nour noura noémie nuno nur nuria nurit nyla néstor núria oana octavia octavio oded odette odile ofelia
ofer ofir ohad okan oksana ola olaf olav ole oleg oleh oleksandr oleksii olena olga oli olive oliver olivia olivier
ollie olof olu oluwaseun omar omer omid omri ondrej oona ophelia ora oren orhan oriana oriol orla orlando orly oscar
oskar osman ossama ottavia otto oumar ousmane owen ozan pablo paco padraig paige palle paloma pam pamela panagiotis
pancho paola paolo pari parker parvati parviz pascal pascale pasquale pat patrice patricia patricio patrick patrik
patrizia patryk patsy patti patty paul paula paulette paulina pauline paulo pavel pavlo pavlos pawel paweł payal
payam payton pedram pedro peggy pelle penelope penny pepe per percy pere pernille perry petar pete peter petr petra
petros petter peyton phil philip philipp philippa philippe phillip phillippa phoebe phuong phyllis pia piera pierce
pierre pierre-yves piers piet pieter pietro piotr pippa piyush polly pooja poul prakash pranav prasad prashant
praveen preston priscilla priya priyanka przemysław purnima qasim quentin quincy quinn quinten rabia rabih rachael
rachel rachid radek radha radka radu rae rafa rafael rafaela rafał raffaele rafik ragnar rahel rahim rahul raimund
rainer raissa raj raja rajat rajesh rajiv ralf ralph ram rama ramadan rami ramin ramiro ramon ramona ramy ramón rana
randa randall randi randolph randy rania ranjit raoul raphael raphaël raquel rasha rashad rashid rashida rasmus raul
ravi rawan ray rayan raymond raymonde rayna razan raúl rebecca rebekah reda reed reem reese regina regula reid reiko
reinhard reinhold reinier rekha remi rena renata renate renaud rene renee reno renzo rené renée reto reuben reuven
reyhan reza rhea rhett rhiannon rhoda rhonda rhys ria ricarda ricardo riccardo richard richie rick rickey ricky rida
riley rima rina rinat rita ritu riyad roald rob robbie robert roberta roberto robin robyn rocco rochelle rocio rocío
rod roderick rodney rodolfo rodrigo roel rogelio roger rohan rohit roisin roland rolando rolf romain roman romana
romi romina romy ron ronald ronan ronda ronen ronit ronja ronnie ronny roos rory rosa rosalie rosalind rosalyn
rosanna rose roseanne rosemarie rosemary rosie roslyn ross rossana rosy rotem rowan rowena roxana roxane roxanne roy
roya ruairi ruben ruby rubén rudi rudolf rudy rui rukmini rune rupert ruslan russ russell rustam ruta ruth ruud ryan
ryszard régis rémi rémy rüdiger saad sabah sabeen sabina sabine sabri sabrina sacha sachin sadaf sadia sadie sadiq
sady saeed safa safiya sahar said saif saim saira sajid sakari sakura salah salam saleem saleh salim salima sally
salma salman salomé salvador salvatore sam samah samantha samar samara sameer sameh samer sami samia samir samira
sammy samson samuel samuele sana sanaa sandeep sander sandi sandie sandor sandra sandrine sandro sandy sanja sanjay
sanjeev sanna santiago santosh sara sarah sarah-jane sari sarika sascha sasha saskia satoshi saul savannah savita
sawsan scarlett scott sean sebastian sebastiano sebastián seema sefton seiko selena selim selin selina selma semra
sena senad sepp serena serge sergei sergej sergey sergi sergio serhii servando seth severin seyed shadi shae shahid
shahla shahram shai shaima shaina shakira shalini shane shani shannon shari sharif sharon shashi shaun shauna shawn
shay shayna shea sheena sheila shelby sheldon shelia shelley shelly sheri sherif sherine sherman sherri sherrie
sherry sheryl shilpa shimon shira shiri shirin shirley shiv shivani shivya shlomi shlomo shmuel shoaib shona shreya
shruti shu shulamit sian siddharth sidney sidonie siegfried sienna sigal sigmund sigrid siiri silas sile silje silke
silvana silvano silvia silvio simeon simge simin simon simona simone simonetta sina sinan sinead sinéad siobhan
sirin sissel siv siva skye slava sloane slobodan sneha sofia sofie sofía sohail solange solomon solveig sonal sondra
sonia sonja sonya soo sophia sophie soraya sorin souad soumya spencer srdjan sridhar srini stacey staci stacie stacy
stan stanislav stanislaw stanley stav stef stefan stefania stefanie stefano steffen steffi stella sten stepan steph
stephan stephane stephanie stephen steve steven stevie stewart stian stig stijn stine stuart stéphane stéphanie
subhash sudhir sue sufyan suha suhail sujata sukanya sukhdeep sulaiman suleiman sultan suman sumit suna sunil sunita
suresh susan susana susann susanna susanne sushil susie suzan suzanna suzanne suzette suzi suzie svein sven svenja
svetlana swati sybil sybille sydney syed sylvain sylvester sylvia sylvie synne szymon sándor sébastien séverine
sören søren tabea tabitha tad tadeusz taha taher tahir tahira taina takashi takeshi tal tala talal talia tally tam
tamar tamara tamer tami tammie tammy tamsin tamás tania tanja tanner tanvi tanya tara tarek tareq tariq taro tarun
tasha tasneem tatiana tatjana tatum taylor ted teddy teemu tegan tekla temitope teo teodor tera terence teresa teri
terje terrence terri terry tess tessa thaddeus thais thandi thanh thea theo theodor theodora theodore theresa
theresia thibault thierry thijs thilo thom thomas thorben thorsten thuy thérèse tia tiago tiana tibor tiffany tijana
tilda till tilman tim timo timothy timothée timur tina tineke tino tirza tito tobi tobias toby tod todd todor tom
tomas tomasz tomaž tomer tomi tomislav tommaso tommie tommy tomoko tomás tone toni tonia tony tonya torben tore tori
torsten tove tracey traci tracie tracy travis trevor trey tricia trine trisha tristan troels troy trudi trudy tuan
tucker tuomas tuula tyler tyra tyrone tyson uche udo ugo ulf uli ulla ulrich ulrike uma umar umberto umit urs ursula
uta ute uwe uzma uğur vadim valentin valentina valentine valeria valerie valerio valery valérie vance vanda vanessa
vania vanja varun vasco vasile vasiliki vasily vassilis veena venkat vera verena verity verna vernon veronica
veronika vesna vic vicente vicki vickie vicky victor victoria vidar vidya viggo vihaan vijay vikas vikki vikram
viktor viktoria vilde ville vimal vin vinay vince vincent vincenzo vinod viola violeta violetta virgil virginia
virginie vito vitor vittoria vittorio viv vivek vivian viviana viviane vivienne vlad vlada vladimir vladislav
vojtech volha volker volodymyr véronique wade wael wahid waldemar walid walker wallace wally walt walter waltraud
wanda wangari waqar warren waseem wassim wayne wei wendell wendy werner wes wesley whitney wiebe wiebke wilbur
wilfred wilfried wilhelm will willa willem william willie willow wim winfried winifred winnie winston wladimir
wolfgang wouter wyatt xander xavi xavier xi xiao xiaoming xin yaakov yael yahya yair yakov yan yana yanis yann
yannick yannis yara yaroslav yaser yasin yasmin yasmina yasmine yasser yasuko yavuz yaël yehuda yelena yen yesenia
yiannis yifat yigal yitzhak ylva yoav yohan yohann yoko yolanda yonatan yong yoon yoram yosef yoshi yosra yossi
youcef youngju yousef yousra youssef ytzhak yuki yukiko yulia yuliya yun yuri yuriy yusuf yuval yves yvette yvonne
zac zach zachariah zachary zack zahra zaid zain zaina zainab zakaria zaki zane zara zayn zdenek zeev zeina zeinab
zeke zelda zena zenobia zev zeynep zhen zhenya zia ziad zina zineb zita ziv zoe zoey zofia zohar zoltán zoran zoé
zoë zsolt zsófia zuzana émilie étienne özlem ümit łukasz александр алексей анастасия андрей анна антон владимир
дмитрий евгений екатерина елена иван игорь ирина мария михаил наталья николай ольга павел сергей татьяна юлия юрий
أحمد أشرف أيمن إبراهيم جمال حسن حسين خالد دينا رامي رانيا رنا ريم زينب سارة سامي سعيد سلمى صلاح طارق عائشة عادل عبد
عبدالله علي عمر فادي فاطمة كريم كمال ليلى ماجد محمد محمود مريم مصطفى منى نادر نادية نور هاني هبة هدى هشام وليد ياسر
يوسف
""")  # fmt: skip
"""Casefolded given names of several languages."""
