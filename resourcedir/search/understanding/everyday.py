"""Everyday words that are spelt right although perhaps no listing has them. Pure.

Without them such a word could be taken for a misspelt one that is near it: "putting" for "potting".
Written by us; it needs no word that the field, the grammar or a place has.
"""

from typing import Final

ENGLISH: Final = """
drink drinks drank sober clean using used uses user
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
ability absent abuse accident account act action actual add address adult adults advice affect
afternoon age ages agreed ahead aid air airport allow allowed almost amount ankle anybody anymore
anyway apologize appear area arm army arrest arrived art article attack attempt attend attention
aware awful background balance ball band bare base basic basis bear beautiful bedroom begging bell
belong bend benefit bet bike bird bit bite blame block board bone border bored borrow bottom bowl
box boy boys brain branch bread bridge brief brown brush building bullet bunch bunk bust busted
cabin cage cake calm camp camps cancel candy capable cash cause ceiling cell certain chain chair
chance charged cheat check chest chicken chief choice choose chose circle clear clerk climb clock
closed cloth cloud clue coat code coffee cold collect color company complain completely concern
condition conflict consider contact contain continue control conversation cook cool cop cops copy
corner correct cost costs couching counter country courage cow crashing cream create credit crowd
cry cup current curse cut cutting cycle daily damage dates dealing deals death decision deeper
degree delay deliver demand department depend describe desert deserve desk detail detoxed detoxes
develop dig dirt disappear disappointed discover discuss dish distance dog dollar dollars doorway
dragged dressed driven driver drove drug dry due dumped dust duty ear earlier ease eat eating edge
effect effort eggs eight electric eleven embarrassed emotional employer end ended ends enemy energy
engine enjoy entire escape especially evicting evil example excited excuse expect expensive
experience explain eye eyes faces failed faith falling familiar families famous farm faster favor
favorite fed fee feed feelings fees feet female fence fever fewer fifteen fifty fighting figure
filled finally finds finger finish finished fired fires fit fix fixed flat flew flight flower fly
folks foods fool foreign forever forgive form forms forty fourteen fourth freedom freezing fridge
fruit fully garage garbage garden gas gather gear general gentle ghost gift girls given gives
giving glass goal god gold goods grab grade grades grandma grandpa grass grave gray grew groups
growing guard guests guilty gun hair half halfway hall handle hands hanging happened happens hardly
hat hates haven having headed healthy hearing heat height helped helpful helping hid hidden hire
hired history hit hitting hobby hole holiday holidays homes honest honor horrible horse hospital
hot hotel hours houses housing however huge human hundred hung hungry husband ice ignore ill
imagine important inch include income increase indeed inmate inmates insist interested invite
involved issue issues item items jacket jobs joke juice jumped justice keys kicked kicking kids
killed knee knees knock knocked known knows lab lack lake lame landlords later laundry law lawn
laws lay lazy leader leaf leaking leaving legal legs lend length lesson lets letters level lie lied
lies lights limit lines lip load loan locked locker lonely longer looked loose loses losing loss
lot lots lower lucky lying machine mad mail major male manage manager manner march market married
match material meal meals meantime meat medical members memory mental mentioned mess message metal
mild military milk mill million mine minor minutes mirror missed missing mistake mix model modern
money monster months mood moon moral moving murder muscle musical nails narrow nasty nation natural
nature neck needed negative neighbor neither nervous news nine ninety noisy normal nose note notes
noticed nurse obvious offense officers oil older onto opened opening opposite orange ordered orders
original ours outdoor outside oven overnight owes owned pack packed paint pair panhandling pants
parents parked parking particular partner passed path patient pattern pause paychecks peace pen
penny perfect perhaps permission personal pet phones photo phrase physical pieces pile pill pink
pipe pissed places plain plane plans plant plate player pleasant pocket points police policy polite
pool popular position positive pot pound power practice pray prefer prepare presence present press
pressure prevent previous prices private prize process produce professional progress promised proof
proper protect provide public pulled punch punish pure purpose purse pushed quarter queen question
quitting race radio rain raised rare rate reaching reaction realize receive received recent
recently record records red reduce regular rehabs relate relationship release released relief
religious rely remain remind removal remove rented repair repeat replace reply report request
require research respect result returned ride ridiculous ring rings rise risk robbed role roof
roommate rooms root rope rough row rude ruin ruined rules rush sad safety sake sale salt sand sang
sat saw scale scared scene schedule schools science score scream screen sea search season seat
seats seconds sees self selling sense sentence separate series served service set settle seventeen
severe sex shape shared sheet shelf shine ship shirt shock shoe shoes shop shopping shots shoulders
shouting shower shown shows shutting sides sight signed signs silly sing singing sir sisters sit
site sits six sixteen size sky slap sleeping slept slice slide slightly slip slipped smart smoking
smooth snow social society solid solve someday son song source speaking speech speed spell spread
spring square staff stage stairs standing star stars starts station stayed staying steady stealing
steel stick stomach stops storage storm stranger stream stretch strike string struggle struggling
student study stupid style subject success suddenly suffer sugar suggest suit sun support suppose
supposed surely surprise survive swallow swim swing swollen system talks tall tank tape taper task
taste tattoo tattoos tax team tears tells temper ten tent term terrible test texts theft therefore
thin thinks thirteen thirty thoughts threat threaten threw throughout throwing thrown ticket tie
ties tight till tiny tip title toes tongue tool tooth top total touched tough tour tower toy track
trade traffic train training travel tree trees trick tries trip truck trucks trusted tube turned
turning tv tweaking twelve twenty ugly unable understood unhappy uniform unit unless unlike update
upper upset upstairs useful useless users uses vacation valley value van various vehicle victim
view violence violent visible visiting visitor voices vote wage wages waited walked walking wallet
walls wanted wants warned warning washing wasted watched watching waves weak weapon wear wearing
weather weekend weeks weird wet wheel wheels whenever whether whip whisper whoever wild willing win
wind window windows wine winner wire wise wishes woke wood wooden wore worked worker workers
working works worried worse worst worth wounded wow wrap writing written yard yards years yelled
yelling yellow yours youth zero zone
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
abierta abiertas abierto abiertos abrazo abril abuelos acabar acabaron accidente acercar acostar
acostumbrado actual adios aduana agarrar agarraron agarro agosto ahogo aire ajeno alegre algunas
algunos almuerzo alta amable amanecer amaneci amor ancho andaba andan andar animal ano anoche
apagar aparte apenas apoyar apoyo aprende aprender apretado aquel aquella arreglado arroz aseo
asunto ataque atencion atiende atienden atras autos ayudaba ayudan ayudara ayuden bajar bajo banco
bano banos basta basura bato bebidas bendicion billete boda boleta bonita bonito bosque brazo broma
busque caballo cabe cable caida caja calentar caliente callar calles calor camara cambio caminando
camisa campana canal cancion cansada cansado cantar capaz cargo carne carreras carros cartas casada
casado casar casas caso castigo causa cayo celoso centavos cercas cerrar cesped chance chavos
cheque chequear chistes choco choque ciego cielo ciento cierra cierto cinco cita citas clase cobija
cobijas cobran cobrar cobre cobren cocinar coger cola colegio color comadre comia comiendo comienza
comparto completa completo comun conducta confianza conocido consigo consigue construir contar
contento contesta contrato corazon corral correo corrieron corrio cortar cortaron corte corto
costoso costumbre crecer creo cruz cuadra cuadras cualquiera cuartos cubrir cuello cuerpos cuesta
cuestan cuide cuiden cumplir cunado curar curso dado dame dando dano dejaba dejado dejan deje dejen
delgado demasiado denme depende derecha desayuno descanso desea deseo desesperada desesperado
despacio despertar despido destino detuvieron devolver dieta dificil dijeron direccion disculpa
discutir disparo distinto doblar dolar dolares dormida dormido duda duena dueno duermo dulce durar
echado edades ejemplo encerrado encima encontre encuentra encuentro enemigo enero enferma enfermo
enojada enojado ensenan ensenar entera entero entiende entiendo entrada entrego entro enviar equipo
error escapar escondida escribo escucha escuchar esperanza espero esquina estudiar estudio evitar
excusa exito explicar extrano faltan falto familia familiares fea febrero feo feria fiebre fiesta
fila final firma flaco flor fondo forma formas foto frente fresco frijol frio fuego fuerza fui
fumar funciona futuro ganas gasto gato gente golpe gordo gracia grado grave gringo grita gritar
grupo guapo guarda guardar guerra guia gustaria habemos hablamos hablan hables hacen haga hagan
hallar hallo harto helada herida herido hermanas hermanos hermoso hicieron hierro hijas hoja hombro
honor horario horas horno hoyo hubo hueso huevos humano iba ido iglesia importa impuesto inicio
inocente interesa invierno invito izquierda jabon jamas jardin jefa jefita jefito jovenes juegos
jueves jugador julio junio juntas juntos justo labio ladron lagrimas lamento lana lapiz largos
lastima lastimada lastimado lavan leche lengua letra ley leyes libra libres libro limite limosna
limpia linda lista listos llave llega llegan llegue lleva llevan llevaron lleve lloro lluvia loca
loco lograr lonche lucha luna lunes madera madres maestra maestro malas maldito malos mamas mandan
mandaron maneja manejan manos mantener maquina mar marzo matar mayo mayores medico medida mejorar
menor menores mentira mercado merece mete meter metio mexicano mexico mia mias miembro migra mintio
mio mios mire misa moja mojado molesta moneda montana morra mostrar motivo moto moviendo mudanza
muebles muere muero muertos mugre mujeres multa muro musica nace nacer nacio nariz navidad
necesidad necesitaba necesitan negocio nervios nieta nieto nivel noches norte notar noticia novela
noviembre nuera nueve numeros obra obtener octubre ocupada ocupado odio oficina oido ojala oler
olvidar opina orden oscuro otono otras otros oyeron pagaba pagado pagan pagando pague paguen pais
pajaro palabras pan pantalon panza papeles paquete par parado pararse parece parecen pared pareja
pariente parque partes pasan pasaron pase paseo pasillo pastel patio patron paz pecho pedazo pedi
pegan pegaron pegue pelea peligro pelo pena pensando peores perdido perdieron perdio perdona perros
personal pesado peso pesos pide piden piel pienso pierde pierna pies pinche pintar platica platicar
playa plaza plomo pobres pocos podemos podido policia ponga pongo ponte posada precio precios
preferir prendido preocupada preocupado preso prestado prestan presto primavera prisa privado
probar proceso profesor prohibido promesa proteger prueba publico pudo pueblo puente puerco puesto
pulmon punto pura puro quedado quedan quedarnos quedaron quede quejarse quemar querida querido
quisieron quitado quitan quito rama rancho rapida raro raton razones reciben recibio recibo recien
recoger recuerdo refri regalan regalar regalo regla regreso relacion reloj renta rentan rentar
reparar repente respeto responder resto rico ridiculo rio risa robado robaron robo rojo romper
ropas rota roto ruido sabado saben sacado sacarlo sacaron saco sacudir sala salario saldo salen
salgan salgo salieron salimos saludo salvar sanar santo seco secreto sed seguida segura seguros
seis semana semanas senal sentado sentimos sepa septiembre sera serio sexo significa sigue siguen
silla simple sirve sirven sitio sobra sobrina sobrino sociedad soledad solito soltera soltero sonar
sopa sordo soy suba subir sucede suegra suegro sueldo sueno sufre sufrir supo surge susto tales
talla tamano tanta tantos tardes taza techo tema temblor temor temprana temprano tenemos tenga
tengan tenia tercera terminado terreno tiempos tienda tira tirado tiraron tiro titulo toalla toca
todas todos tomaba toman tomando tonto trae traen traiga traje tranquilo tras trata tratar trato
trece treinta tren troca troque trozo trueno tuve tuvo unico unidos usa usan usando uso vaca
vacaciones vacio valor varo varos vaso vayan vecina vecinos vela vende venden venga venia venta
ventana verano verde vergonzoso vestido viaje viejos vienen viernes vine vino visita vista viuda
viven vivia vivienda vivimos volver voz vuelo vuelve yerno zapato zona
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
offers offering available openings spots spot slots slot bed's close closest nearest nearby near bus
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
