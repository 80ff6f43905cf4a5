#include "core/text_common.h"

#include <stddef.h>

#include "core/text_stem.h"

/*
 * Written down from grammar: closed classes first, then the verbs, adverbs and
 * nouns that carry talk of any matter. The rates are orders of magnitude, three
 * of them: what nearly every second text holds, what one in twenty, one in a
 * hundred holds; they are a background that the texts at hand soon outweigh.
 */
const struct common_words common_words[] = {
	{LANGUAGE_FRENCH, WORD_NEGATION, 800,
	 "non pas=non jamais=non aucun=non aucune=non aucuns=non aucunes=non rien=non guere=non "
	 "sans=non ni=non nul=non nulle=non"},
	{LANGUAGE_FRENCH, WORD_NE, 800, "ne"},
	{LANGUAGE_FRENCH, WORD_NUMBER, 60,
	 "zero=0 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 "
	 "treize=13 quatorze=14 quinze=15 seize=16 vingt=20 vingts=20 trente=30 quarante=40 "
	 "cinquante=50 soixante=60 cent=100 cents=100 mille=1000 million=1000000 "
	 "millions=1000000 milliard=1000000000 milliards=1000000000"},
	{LANGUAGE_FRENCH, WORD_NUMBER, 600, "% percent=% pourcent=% pourcents=%"},
	{LANGUAGE_FRENCH, WORD_COMMON, 4000,
	 "le la=le les=le l=le un une=un des=de du=de de d=de a au=a aux=a et en dans que qu=que "
	 "est=etre"},
	{LANGUAGE_FRENCH, WORD_COMMON, 1000,
	 "ce c=ce cet=ce cette=ce ces=ce ca=ce cela=ce ceci=ce celui celle=celui ceux=celui "
	 "celles=celui je j=je tu t=tu il ils=il elle=il elles=il on nous vous me m=me te se s=se "
	 "lui leur leurs=leur y eux moi toi soi mon ma=mon mes=mon ton ta=ton tes=ton son sa=son "
	 "ses=son notre nos=notre votre vos=votre qui quoi dont ou lequel laquelle=lequel "
	 "lesquels=lequel lesquelles=lequel duquel auquel par pour sur sous avec vers chez entre "
	 "depuis pendant devant derriere selon comme si mais or donc car "
	 "parce puisque puisqu=puisque lorsque lorsqu=lorsque quand jusque jusqu=jusque quoique "
	 "etre suis=etre es=etre sommes=etre etes=etre sont=etre etait=etre etaient=etre "
	 "sera=etre seront=etre serait=etre seraient=etre soit=etre soient=etre ete=etre "
	 "etant=etre fut=etre avoir ai=avoir as=avoir avons=avoir avez=avoir ont=avoir "
	 "avait=avoir avaient=avoir aura=avoir auront=avoir aurait=avoir auraient=avoir "
	 "ait=avoir aient=avoir eu=avoir ayant=avoir plus tres trop assez aussi ainsi "
	 "alors encore deja ici bien tout tous=tout toute=tout toutes=tout meme memes=meme autre "
	 "autres=autre quel quelle=quel quels=quel quelles=quel chaque plusieurs quelque "
	 "quelques=quelque peu beaucoup tant tel telle=tel tels=tel telles=tel afin lors"},
	{LANGUAGE_FRENCH, WORD_POLE, 1000, "moins contre avant apres"},
	{LANGUAGE_FRENCH, WORD_COMMON, 300,
	 "faire fait=faire fais=faire font=faire faisons=faire fera=faire ferait=faire "
	 "fasse=faire faites=faire faut=falloir faudra=falloir faudrait=falloir fallait=falloir "
	 "pouvoir peut=pouvoir peux=pouvoir peuvent=pouvoir pouvons=pouvoir pouvait=pouvoir "
	 "pourra=pouvoir pourrait=pouvoir pourraient=pouvoir puisse=pouvoir puissent=pouvoir "
	 "devoir doit=devoir dois=devoir doivent=devoir devons=devoir devra=devoir "
	 "devrait=devoir devraient=devoir vouloir veut=vouloir veux=vouloir veulent=vouloir "
	 "aller va=aller vais=aller vont=aller allons=aller mettre met=mettre "
	 "dire dit=dire via etc egalement notamment surtout seulement seule=seul seul seuls=seul "
	 "toujours souvent parfois semble=sembler semblent=sembler noter "
	 "avis vraiment simplement plutot cependant pourtant ensuite puis "
	 "enfin voila voici train lequel bref cas fois chose choses=chose merci oui"},
	{LANGUAGE_FRENCH, WORD_CONTENT, 100,
	 "homme femme gens personne personnes monde jour an annee temps vie question besoin "
	 "exemple idee prendre donner voir savoir venir passer trouver penser pense permettre "
	 "permet nouveau nouvelle grand grande petit petite bon bonne important travail "
	 "lieu part point partie groupe pays projet"},
	{LANGUAGE_ENGLISH, WORD_NEGATION, 600,
	 "not=non no=non never=non none=non nothing=non nobody=non neither=non nor=non without=non "
	 "cannot=non hardly=non barely=non scarcely=non dont=non doesnt=non didnt=non isnt=non "
	 "wont=non cant=non"},
	{LANGUAGE_ENGLISH, WORD_NUMBER, 60,
	 "zero=0 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 "
	 "twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 "
	 "nineteen=19 twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 "
	 "ninety=90 hundred=100 thousand=1000 million=1000000 billion=1000000000"},
	{LANGUAGE_ENGLISH, WORD_NUMBER, 600, "% percent=% pourcent=% pourcents=%"},
	{LANGUAGE_ENGLISH, WORD_COMMON, 4000, "the a an=a of in to and is=be are=be"},
	{LANGUAGE_ENGLISH, WORD_COMMON, 1000,
	 "i you he she it we they me him her us them my your his its our their this that "
	 "these=this those=that who whom which what whose where when why how be am=be was=be "
	 "were=be been=be being=be have has=have had=have having=have do does=do did=do "
	 "doing=do done=do will would=will shall should=shall can could=can may might=may must "
	 "on at by for with from as into onto about over under between through during up down out "
	 "off above below but or so if then than because while "
	 "though although also too very just only all any some each every both few more most "
	 "other others=other such same there here again once s d ll re ve m"},
	{LANGUAGE_ENGLISH, WORD_POLE, 1000, "less=less fewer=less against before after"},
	{LANGUAGE_ENGLISH, WORD_COMMON, 300,
	 "get gets=get got=get getting=get make makes=make made=make making=make go goes=go "
	 "going=go went=go gone=go take takes=take took=take taking=take taken=take say says=say "
	 "said=say let us need needs=need want wants=want like one ones=one well even still "
	 "already always often sometimes really rather however yet around near along across "
	 "toward towards=toward yes ok etc via seem seems=seem many much now"},
	{LANGUAGE_ENGLISH, WORD_CONTENT, 100,
	 "man men=man woman women=woman people person thing time day year way world life new "
	 "good big large small little old young work part use see know think look come give "
	 "find group idea question example"},
	/* Forms that a stemmer cannot bring together: strong verbs, old plurals. */
	{LANGUAGE_ENGLISH, WORD_CONTENT, 10,
	 "drove=drive driven=drive driving=drive rode=ride ridden=ride ran=run ate=eat eaten=eat "
	 "sat=sit wrote=write written=write spoke=speak spoken=speak broke=break broken=break "
	 "chose=choose chosen=choose froze=freeze frozen=freeze stole=steal stolen=steal "
	 "wore=wear worn=wear tore=tear torn=tear swam=swim swum=swim sang=sing sung=sing "
	 "rang=ring drank=drink drunk=drink began=begin begun=begin flew=fly flown=fly grew=grow "
	 "grown=grow knew=know known=know threw=throw thrown=throw drew=draw drawn=draw "
	 "blew=blow blown=blow saw=see seen=see came=come gave=give given=give fell=fall "
	 "fallen=fall held=hold kept=keep slept=sleep left=leave met=meet fed=feed led=lead "
	 "read=read shot=shoot stood=stand understood=understand found=find fought=fight "
	 "bought=buy brought=bring caught=catch taught=teach thought=think sought=seek sold=sell "
	 "told=tell built=build sent=send spent=spend lent=lend lost=lose won=win paid=pay "
	 "laid=lay heard=hear felt=feel dealt=deal meant=mean struck=strike stuck=stick "
	 "hung=hang dug=dig swung=swing slid=slide hid=hide hidden=hide bit=bite bitten=bite "
	 "shook=shake shaken=shake woke=wake became=become showed=show shown=show lay=lie "
	 "lying=lie died=die dying=die dies=die children=child feet=foot teeth=tooth mice=mouse "
	 "geese=goose lives=life wives=wife knives=knife leaves=leave halves=half "
	 "better=good best=good worse=bad worst=bad"},
	{LANGUAGE_FRENCH, WORD_CONTENT, 10,
	 "vient=venir viens=venir viennent=venir vienne=venir venu=venir venue=venir tient=tenir "
	 "tiens=tenir tiennent=tenir tenu=tenir tenue=tenir prend=prendre prends=prendre "
	 "prennent=prendre prenne=prendre pris=prendre prise=prendre prises=prendre "
	 "apprend=apprendre apprennent=apprendre appris=apprendre comprend=comprendre "
	 "comprennent=comprendre compris=comprendre sait=savoir savent=savoir sache=savoir "
	 "su=savoir voit=voir voient=voir vois=voir vu=voir vue=voir vus=voir boit=boire "
	 "boivent=boire bu=boire lit=lire lisent=lire lu=lire ecrit=ecrire ecrivent=ecrire "
	 "court=courir courent=courir dort=dormir dorment=dormir sort=sortir sortent=sortir "
	 "part=partir partent=partir sert=servir servent=servir ouvre=ouvrir ouvert=ouvrir "
	 "ouverte=ouvrir offre=offrir offert=offrir croit=croire croient=croire cru=croire "
	 "recoit=recevoir recoivent=recevoir recu=recevoir recue=recevoir vit=vivre "
	 "vivent=vivre suit=suivre suivent=suivre rend=rendre rendent=rendre rendu=rendre "
	 "attend=attendre attendu=attendre perd=perdre perdu=perdre repond=repondre "
	 "repondu=repondre vend=vendre vendu=vendre construit=construire "
	 "construisent=construire produit=produire produisent=produire conduit=conduire "
	 "conduisent=conduire conduisant=conduire traduit=traduire detruit=detruire "
	 "mort=mourir morts=mourir meurt=mourir meurent=mourir tombe=tomber travaux=travail "
	 "chevaux=cheval animaux=animal yeux=oeil"},
	{0, 0, 0, NULL},
};
