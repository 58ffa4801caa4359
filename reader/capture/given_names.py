"""Given names that people commonly bear, by which a person's name is told from a heading of two words: data."""

from typing import Final

from reader.text.wordlists import words_of

GIVEN_NAMES: Final = words_of("""
aaron abby abdul abdullah abigail abraham adam adel adele adrian adriana agnes agnieszka ahmad ahmed aidan
aisha akash alain alan alana albert alberto alejandra alejandro aleksandr alessandra alessandro alex alexa
alexander alexandra alexandre alexei alexis alfred ali alice alicia alina alison allen allison alyssa amanda
amber amelia amin amina amir amit amr amy ana anastasia anders andre andrea andreas andrei andrew andy
angela angelica angelina angie anil anita anja anjali ann anna anne annette annie anthony antje antoine
anton antonia antonio anya april ari ariana arjun arnaud arthur arturo arun asha ashley ashok asma astrid
audrey august aurelie austin ava avery axel ayesha aziz barbara barry bart beatrice beatriz becky ben
benedict benjamin benoit bernard bernd beth bethany betty beverly bianca bilal bill billy birgit björn blake
bob bobby bonnie boris brad bradley brandon brenda brendan brent brett brian bridget britney britta brittany
brooke bruce bruno bryan bryce caitlin caleb calvin cameron camila camille candace cara carina carl carla
carlo carlos carmen carol carole carolina caroline carolyn carrie carsten casey cassandra cassidy catherine
cathy cecilia cedric chad chandra charlene charles charlie charlotte chase chelsea chen cheryl chloe chris
christa christian christiane christina christine christof christoph christophe christopher chuck cindy
claire clara clare clarence claude claudia clay clemens cliff clifford clint cody colin colleen connie
connor conor corey corinne cory courtney craig cristian cristina crystal curt curtis cynthia daisy dale
dalia damien damon dan dana daniel daniela daniele danielle danny daria darius darlene darrell darren darryl
darya daryl dave david dawn dean deanna deb debbie deborah debra deepak denise dennis denys derek derrick
desiree detlef devin devon diana diane dianne diego dieter dina dirk dmitri dmitry dominic dominik dominique
don donald donna doris dorothy doug douglas drew duncan dustin dwight dylan earl ed eddie edgar eduard
eduardo edward edwin eileen elaine elena eleni eli elias elijah elisa elisabeth elise elizabeth ella elle
ellen ellie elliot elliott elsa emil emilia emilie emilio emily emma emmanuel enrico enrique eric erica
erich erik erika erin ernest esther ethan eugene eva evan evelyn evgeny fabian fabio fadi faisal farah farid
fatih fatima fatma faye federico felicia felipe felix ferdinand fernanda fernando filip fiona florence
florian floyd frances francesca francesco francis francisco francois françois frank franz fred frederic
frederick frederik fritz gabriel gabriela gabriele gail gareth garrett garry gary gavin gemma gene geneviève
genevieve geoff geoffrey george georgia georgina gerald gerard gerhard gerry gert gilbert gilles gina
giorgio giovanni giulia giuseppe glen glenn gloria gordon grace graham grant greg gregor gregory greta guido
guillaume guillermo gustavo guy gwen habib hadi haley hamid hamza hanna hannah hanne hannes hans harald
harold harriet harris harry harvey hasan hassan heather hector heidi heike heiko heinrich heinz helen helena
helene helga helmut hendrik henri henrik henry herbert herman hilary hillary holger holly hope houda howard
hubert hugh hugo hussein ian ibrahim ida ignacio igor ilya iman imran ines inga ingrid ioana ira irene irina
iris irma isaac isabel isabella isabelle isaiah ismail israel ivan ivana jack jackie jackson jacob
jacqueline jacques jaime jake jakob jakub jamal james jamie jan jana jane janet janice janine jared jasmin
jasmine jason javier jay jean jeanette jeanne jeff jeffery jeffrey jen jenna jennie jennifer jenny jens
jeremiah jeremy jerome jerry jesse jessica jessie jesus jill jillian jim jimmy jo joan joana joanna joanne
joao joaquin jocelyn jochen jodie jody joe joel joey johan johann johanna johannes john johnny jolanda jon
jonas jonathan jordan jorge jörg jörn jose josé josef josefina joseph josephine josh joshua joy joyce juan
juana judith judy jules julia julian juliana julie julien juliet juliette julio julius june jürgen justin
justine kai kaitlyn kamal kara karel karen karin karina karl karla karsten kasia kate katerina katharina
katherine kathleen kathrin kathryn kathy katie katja katrin katrina katy kay kayla keith kelley kelli kellie
kelly kelsey ken kendall kendra kenneth kenny kerry kerstin kevin khaled khalid kim kimberly kira kirk
kirsten kirstin kirsty klaus konrad konstantin kris krista kristen kristian kristin kristina kristine kumar
kurt kyle lance lara larissa larry lars latoya laura laure lauren laurence laurent laurie lawrence lea leah
lee leila lena lennart leo leon leonard leonardo leonie leroy leslie lewis liam lidia lila lillian lily lina
linda lindsay lindsey ling linus lisa liz liza lloyd logan lois lola lora loren lorena lorenzo lori lorraine
lothar louis louise luca lucas lucia lucie lucinda lucy luigi luis luisa luise lukas luke luna lutz lydia
lynn lynne mackenzie maddie madeleine madeline madison magdalena maggie mahmoud maja malcolm malik manfred
manuel manuela marc marcel marcella marcelo marcia marco marcos marcus margaret margarita margot maria
mariah mariam marian mariana marie marianne marilyn marina mario marion marisa marissa marius mariusz
marjorie mark marko markus marlene marta martha martin martina martine marty marvin mary maryam mason
massimo mathew mathias mathieu mathilde matt matteo matthew matthias matthieu maureen maurice mauricio max
maxim maxime maximilian maya meaghan megan meghan mehdi mehmet melanie melinda melissa melody mercedes
meredith mia micah michael michaela michal michel michele michelle mick miguel mike mikhail milan milena
miles milton mina mindy miranda mireille miriam mitch mitchell moe mohamed mohammad mohammed moises molly
mona monica monika monique morgan morris moses mostafa muhammad muriel murat mustafa myriam nabil nadia
nadine nancy naomi nasser natalia natalie natasha nathalie nathan nathaniel neal neha neil nelson nicholas
nick nico nicola nicolai nicolas nicole niels nigel nik nikita niklas nikolai nikolaus nils nina nisha noah
noel noelle nolan nora norbert norma norman nour oksana oleg olga oliver olive olivia olivier omar oscar
oskar osman otto owen pablo paige pam pamela paola paolo pascal pat patrice patricia patrick patrik paul
paula paulina pauline paulo pavel pedro peggy penelope penny per percy perry pete peter petra phil philip
philipp philippa philippe phillip phoebe phyllis pia pierre piotr pooja prashant preston priya quentin quinn
rabia rachel rafael rahul raj rajesh ralf ralph ramon rana randall randy rania raphael raquel rashid raul
ravi ray raymond rebecca reinhard rene renee ricardo riccardo richard rick ricky rita rob robert roberta
roberto robin robyn rochelle rod roderick rodney rodrigo roger roland rolf roman ron ronald ronnie rory rosa
rosalind rosanna rose rosemary ross roxanne roy ruben ruby rudi rudolf rupert russ russell ruth ryan sabina
sabine sabrina sadie said salim sally salma sam samantha samer sami samir samuel sandeep sander sandra sandy
sanjay santiago sara sarah sasha saskia savannah scott sean sebastian selena selina selma serena serge
sergei sergey sergio seth shane shannon sharon shaun shauna shawn sheila shelby shelley shelly sherry shirin
shirley sigrid silke silvia simon simona simone sofia sofie sonia sonja sophia sophie spencer stacey stacy
stan stanislav stanley stefan stefanie stefano stella stephan stephane stéphane stephanie stephen steve
steven stewart stuart sue sunil suresh susan susana susanna susanne suzanne svein sven svenja svetlana
sybille sydney sylvia sylvie tamara tammy tania tanja tanya tara tariq tatiana taylor ted terence teresa
terri terry tessa thea theo theodore theresa thierry thomas thorsten tiffany till tim timo timothy tina
tobias toby todd tom tomas tommy tony torsten tracey traci tracy travis trevor trey tricia trisha tristan
troy tyler tyrone udo ulf uli ulrich ulrike umar ursula uta ute uwe valentin valentina valerie vanessa vera
verena veronica veronika vicki vicky victor victoria vijay viktor viktoria vincent vincenzo virginia vito
vivian viviane vladimir volker wade walid wallace walter wanda warren wayne wei wendy werner wesley whitney
wilfried wilhelm will willem william willie winfried winston wolfgang xavier yair yan yasmin yasmine yolanda
youssef yuki yuri yusuf yves yvette yvonne zach zachary zack zahra zain zainab zoe zoey محمد أحمد محمود علي
حسن حسين عمر خالد يوسف إبراهيم عبد عبدالله مصطفى سعيد طارق كريم سامي هاني رامي وليد ماجد فادي نادر جمال كمال
صلاح ياسر هشام أيمن أشرف عادل فاطمة مريم سارة ليلى نور هدى منى رانيا دينا سلمى زينب عائشة نادية иван сергей
александр алексей андрей дмитрий михаил николай ольга елена наталья татьяна анна мария екатерина
""")  # fmt: skip
"""Casefolded given names of several languages."""
