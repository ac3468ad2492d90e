"""Words that say nothing by themselves: they weigh nothing in a sentence that is typed.

They are in the index like any other word, and count in phrases and in short queries.
"""

from casefile.model.text import folded_words

_WORDS = """
a about above across after again against all along also although am among an and another any anybody
anyone anything are around as at be because been before being below between both but by can cannot
could did do does doing down during each either else ever every few for from further had has have
having he her here hers him his how however i if in into is it its itself just least less many may me
might more most much must my neither no nor not now of off often on once one only or other others our
out over own per perhaps quite rather same shall she should since so some somebody someone something
such than that the their them then there these they this those though through thus to too toward
towards under until up upon us very was we were what whatever when where whether which while who whom
whose why will with within without would yet you your

der die das den dem des ein eine einen einem einer eines und oder aber nicht kein keine ist sind war
waren wird werden wurde wurden hat haben hatte ich du er sie es wir ihr sich mit von zu zum zur im in
an am auf aus bei nach fur uber unter vor durch gegen ohne um als wie was wer wo wann warum welche
welcher welches dass wenn weil auch noch nur schon sehr so dann dort hier man

le la les l un une des du de d et ou mais ne pas plus est sont etait etaient ete etre a ont avait
avoir je tu il elle on nous vous ils elles se s ce cet cette ces c qui que qu quoi quel quelle quels
quelles dont ou quand comment pourquoi dans en sur sous par pour avec sans chez vers entre au aux y

и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было
вот от меня еще нет о из ему теперь когда даже ну ли если или ни быть был него до вас нибудь уж вам
ведь там потом себя ничего ей может они тут где есть надо ней для мы тебя их чем была сам чтоб без
будто чего тоже себе под будет ж тогда кто этот того потому этого какой какая какие который которая
которые которых ним здесь этом один почти мой тем чтобы нее были куда зачем всех можно при об это

і й та в у на з зі до не що як це за від про для по із є був була було були бути він вона воно вони
ми ви я ти його її їх але або чи так то якщо коли де хто який яка яке які яких цей ця ці цього тим
там тут ще вже також без під над між через при щоб бо ж би

في من على الى عن مع هذا هذه ذلك تلك التي الذي الذين اللذين ما ماذا من متى اين كيف لماذا هل لا لم لن
ليس ان انه انها اذا او ثم بل قد كان كانت يكون تكون هو هي هم نحن انا انت كل بعض غير بين حتى منذ عند
عندما بعد قبل حول ضد خلال دون اي كما لكن لان حيث كذلك ايضا فقط وقد وان وفي ومن وهو وهي

و در به از كه اين ان را با است براي تا هم بر ان يا اما اگر نيز هر چه كي كجا چرا چگونه بود شد شده
مي هاي ها خود ما شما او انها من تو ايشان بي پيش پس بين روي زير هيچ همه يك نه
"""
FUNCTION_WORDS = frozenset(folded_words(_WORDS))
