"""Everyday words that are spelt right although perhaps no listing has them. Pure.

Without them such a word could be taken for a misspelt one that is near it: "putting" for "potting".
Written by us; it needs no word that the field, the grammar or a place has.
"""

from typing import Final

ENGLISH: Final = """
able above across afraid after again against agree alive alone along already although always among
angry animal another answer apart apply argue arrive asked asleep aunt away baby back badly bank
bath beat became become before began begin behind being below beside better between beyond birth
black blood blue body book born both bother bottle bought boss break breath bring broke broken
brought build built burn burned busy call called came card care careful carry caught change charge
child church city class close coming common complete could count cousin cover crime cross cried
cries dance danger dark date dead deal dear decide deep died different dinner dirty door doubt
down dream dress drive drop during each early earn earth easy either else empty enough enter even
evening ever every exact except face fact fail fair fall fast fear feel fell felt fight fill final
fine fire first floor follow foot force forget forgot former forward found four fresh friend front
full funny future game gave girl glad good great green ground group grow guess hand hang happen
happy hard hate have head hear heard heart heavy held hello here hide high hold hope hour house
hurry hurt inside instead into jail join judge jump just keep kept kick kill kind kitchen knew
knife know lady land large last late laugh lead learn least leave left less letter life lift like
line list listen little live lock long lose lost loud love lunch made main make many mark marry
matter maybe mean meant meet middle might mile mind minute miss moment month more morning most
mouth move moved much music must name near need never next nice night nobody noise none noon north
nothing notice number offer office often okay once only open order other ought over owner paid
pain paper part party pass past pay people period phone pick picture piece plan play plenty point
poor possible pretty price prison probably problem promise proud pull push putting quick quiet
quit quite raise rather reach read ready real really reason remember rent rest return right river
road room round rule running safe said same save saying school second secret seem sell send sent
serious serve seven several shall share sharp short shot should shoulder show shut sick side sign
silent simple since single sister sitting skin slow small smell smile smoke soft sold some someone
something sometimes soon sorry sort sound south space speak special spend spent spot stand start
starting state stay steal step still stolen stood stop store story straight strange street strong
stuck stuff such sudden summer sure swear sweet table take taken taking talk talked taught teach
tell than thank that their them then there these they thing think third those though thought
thousand throw tired today together told tomorrow tonight took touch toward town trial tried
trouble true trust truth trying turn twice uncle under understand until upon using usual very
visit voice wait waiting wake walk wall want warm wash watch water week weight well went were west
what when where which while white whole whose wife will winter wish with within without woman
wonder word work worry would write wrong year yell yesterday young your
"""

SPANISH: Final = """
abajo abrir abuela abuelo acaba acabo aceptar adelante adentro afuera agua ahora algo alguien
alguna alguno alla alli alto amigo amiga ando anda anos antes aqui arreglar arriba asi aunque ayer
barrio beber bien blanco boca buena bueno buscar cabeza cada caer calle cama cambiar camino campo
cara carro carta casi cena cerrado chico chica ciudad claro cocina comer como comprar con conmigo
conocer contra corre correr cosa creer cual cualquier cuando cuanto cuarto cuatro cuenta cuerpo
cuida cuidado culpa dar debajo debe deber debo decir dejar dejaron dejo delante demas dentro
derecho desde despues detras dia dias dice dicen dicho dieron diez dije dijo dinero dios doler
dolor donde dormir dos duele dura durante duro echar echaron edad ella ellos empezar empiezo
encontrar entonces entrar entre era eran eres escribir ese eso espera esperar esposa esposo esta
estaba estado estamos estar este esto estuve falta favor fecha feliz fin firmar fue fuera fueron
fuerte gana ganar gasta gracias grande gusta gusto haber habia hablar hacer hacia hago hambre han
hasta hecho hermana hermano hice hija hijo hizo hogar hola hora hoy huir idea igual ir jefe joven
juez jugar junto juzgado lado larga largo lavar leer lejos lento levantar libre limpio listo llama
llamar llegar llego lleno llevar llorar luego lugar luz madre mal mala malo manana mandar manera
mano marido mas mayor media medio mejor menos mente mes mesa meses miedo mientras mil mirar misma
mismo momento morir mucha mucho mudar muerte mujer mundo nada nadie necesita necesito negro
ninguno nino nina noche nombre nosotros nueva nuevo numero nunca ocho oir ojos otra otro padre
pagar pago palabra papa parte pasa pasado pasar pedir pega pegar pelear pensar peor perder perdi
perdon pero perro persona pie piso pobre poca poco poder pone poner porque posible pregunta primer
primero primo prima problema pronto propio puede puedo puerta pues quedar quedarme quedarse quedo
querer quien quiere quiero quise quitar quitaron rapido razon recibir regresar robar ropa saber
sabe sacar sale salida salio salir salud sangre seguir segundo seguro sentir ser seria sido
siempre siento siete sin sino sobre sola solo somos son sucio suelo suerte tal tambien tampoco
tanto tarde tener tengo tercero terminar tia tiempo tiene tierra tio tocar toda todavia todo tomar
trabajar traer tres triste ultimo una unas usar usted vale vamos van veces vecino veinte vender
venir ver verdad vez vida vieja viejo viene visitar vivir vivo voy vuelta zapatos
"""

OF_ALL: Final = """
program programs service services center centers centre place places agency agencies facility
facilities provider providers organization organizations resource resources option options
assistance support info information person people client clients guy guys gal dude kid folks
town area county downtown nearby local cheap affordable free appointment appointments weekly
daily monthly monday tuesday wednesday thursday friday saturday sunday drop starts start session
sessions bit lot kinda asap pls plz thx yall gotta wanna gonna aint dont doesnt didnt cant wont hes
shes theyre thats whats isnt wasnt couldnt owe owes actually almost anymore apparently around ass
bad barely basically been bunch couple crazy damn decent damned doing dumb either everything
everywhere fucking getting going gone gonna got hella hell hey honestly hopefully idk instead
involved keeps kept kinds least literally lol maybe mine myself himself herself nowhere nothing ok
okay other others own own ones outta please quick quickly quite rather really right same seriously
shit since situation situations somehow someplace something sometime soon stuff super sure thank
thanks them then there these thing things this those though thru till together tons too totally
trying type types ugh until usually very way ways well whatever whenever wherever whole within
without yeah yes yet client's caseload clients supervisee supervisees offender offenders guy's
defendant participant individual individuals male's female's someone's somebody's anyone's referral
referrals refer referred located location locations accept accepts accepted accepting takes taking
offers offering available openings spots spot slots slot bed's close closest nearest nearby near
programa programas servicio servicios centro centros lugares agencia agencias organizacion
recursos opcion opciones apoyo informacion cliente clientes muchacho pueblo zona condado lunes
martes miercoles jueves viernes sabado domingo diario semanal toy orita ahorita ocupo ocupa ocupan
urge urgente cerquita alguno ningun ninguna chavo vato morro compa raza onda neta pues nomas
nada mas rapido barato baratos cerca cercano cercana lejos disponible disponibles gente oiga
quisiera gustaria podria podrian pudiera hubiera tuviera sepa saben conoce conocen recomienda
recomiendan recomendacion urgentemente necesitamos buscamos queremos oficial probatoria
"""
"""Words that so many places and questions have that they tell nothing beside the name of a need."""

BEGUN: Final = """
abused abuser addict addicted addiction addictions alcoholic alcoholics anxiety arrested
assault assaulted assessment assessments battered beating behavioral betting bipolar butcher
carpenter carpentry case casino cigarettes clinic clinics cocaine commercial communion community
cosmetology counseling counselor couples court crystal custody debt depressed depression
detoxing diabetes diabetic disability disabled disconnected divorce doctor drinking electrician
electricity emergency evaluation evaluations evicted eviction expungement felon felony fentanyl
forklift gambler gambling groceries grief hallucinations heroin hospital hygiene immigrant
immigration infection injection insurance intervention jacket laundry lawyer license mattress
mechanic medication medications medicine meetings mentor methamphetamine molested needles
nicotine nightmares opiates opioid overdose paranoid parenting parole paternity pharmacy
phlebotomy plumber pregnancy pregnant prescription probation psychiatrist psychologist
psychotic recovery rehab rehabilitation reinstatement relapse relapsed restitution resume
schizophrenia schizophrenic seizures shampoo shelter shelters shoplifting shoplifted sober
sobriety suicidal suicide supervised suspended syringes temporary therapist therapy tobacco
training transportation trauma traumatic treatment undocumented uniform utilities utility vaping
veteran violence violent visitation vocational volunteer voucher warehouse welding welder
withdrawal abogado abogada aborto adiccion adicciones adicto agresor albergue alcoholico
alcoholismo amenaza ansiedad antecedentes apartamento apuestas asilo asistencia audiencia
borracho calefaccion capacitacion carcel cerveza cigarro ciudadania clinica cocaina colchon
comunitario condicional consejera consejeria consejero consejo cristal custodia delito
dentista deportacion depresion desalojo desempleo desintoxicacion despensa detenido deuda
diabetes discapacidad divorcio drogas embarazo embarazada emergencia empleo enfermera
entrevista escuela esquizofrenia evaluacion farmacia fianza fiscal golpea guarderia habilidades
herramientas heroina higiene hospital identificacion incapacidad indocumentado inmigracion
insulina internado internarse inyeccion jeringas juzgado lavanderia licencia maltrato
manutencion marihuana mecanico medicamento medicamentos medicina metanfetamina migracion
montacargas multa muebles nacimiento naltrexona nicotina panales pandilla parche pastillas
pension pesadillas prision probatoria psicologa psicologo psiquiatra psiquiatrica receta
reconectar recuperacion recuperar refugio rehabilitacion renovar residencia restitucion
seguro sobredosis sobriedad soldadura suicidarse suicidio suspendida tabaco terapeuta terapia
testigo trabajo trabajador transporte tratamiento trauma tuberculosis vacuna vicio victima
violacion violencia violento visitas vivienda vocacional voluntario
"""
OF_THE_FIELD: Final = frozenset(BEGUN.split())
"""Words of which the tables of what is told have the beginning alone; one misspelt is put right."""

COMMON: Final = frozenset(OF_ALL.split())
EVERYDAY: Final = frozenset((*ENGLISH.split(), *SPANISH.split()))
