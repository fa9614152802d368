"""What blogs print around comments, by language: headings, forms, signatures, likes, links.

The words are those of WordPress and its themes in the translations that ship with it. A table
has a line a language, and a language missing from one costs only the sign that the table holds:
threads are found and cut by their shape as well. Words are matched whatever their case.
"""

from typing import Final

# A count: 29, 1,204, 1.204, 1 204, and digits of other scripts.
COUNT: Final = r"\d{1,3}(?:[.,'’\u00a0\u202f ]?\d{3})*|\d+"
ONE: Final = (
    "one|un|une|uno|una|um|uma|ein|eine|einen|eén|één|een|jeden|jedna|jedno|jedan|один|одна|одно|"
    "един|една|jedan|en|ett|ét|et|én|yksi|egy|o|un singur|μία|ένα|ένας|bir|واحد|یک|אחת|satu|một"
)

# What is counted: "29 thoughts on", "12 Kommentare", "4 تعليقات".
NOUNS: Final = {
    "en": "thoughts?|responses?|comments?|repl(?:y|ies)|reactions?|remarks?|discussions?|pings?|"
    "pingbacks?|trackbacks?",
    "ar": "رأي|رأيان|رأيين|آراء|أراء|تعليقات|تعليقان|تعليقين|تعليق[اًا]"
    "*|ردود|ردان|رد[اًا]*|أفكار|فكرة",
    "bg": "коментара?|мнени[ея]|отговора?|мисъл|мисли",
    "ca": "comentaris?|pensaments?|respost(?:a|es)|opinions?",
    "cs": "komentář[eůi]?|názor[yů]?|odpově[dď][iíi]?|myšlen(?:ka|ky|ek)|reakc[ei]",
    "da": "kommentar(?:er)?|tanker?|svar|reaktion(?:er)?",
    "de": "kommentare?n?|gedanken?|antwort(?:en)?|reaktion(?:en)?|meinung(?:en)?|beiträge",
    "el": "σχόλι[οα]|σκέψ(?:η|εις)|απαντήσ(?:η|εις)|απάντηση",
    "es": "comentarios?|pensamientos?|respuestas?|opini(?:ón|ones)|ideas?|reacci(?:ón|ones)",
    "et": "kommentaari?|mõtet?|vastust?",
    "eu": "iruzkin(?:ak)?|erantzun(?:ak)?|pentsamendu",
    "fa": "دیدگاه(?:\u200cها)?|نظرات|نظر|پاسخ|اندیشه",
    "fi": "kommentti|kommenttia|kommentit|vastaus|vastausta|ajatus|ajatusta",
    "fr": "réflexions?|commentaires?|réponses?|réactions?|pensées?|avis|rétroliens?",
    "gl": "comentarios?|pensamentos?|respostas?",
    "he": "תגובות|תגובה|מחשבות|מחשבה",
    "hi": "विचार|टिप्पणियाँ|टिप्पणी|प्रतिक्रियाएँ",
    "hr": "komentara?|komentari|misao|misli|odgovora?|mišljenja",
    "hu": "hozzászólás(?:ok)?|gondolat|válasz|megjegyzés",
    "id": "komentar|pemikiran|tanggapan|balasan|pendapat",
    "it": "commenti?o?|pensier[io]|rispost[ae]|opinion[ei]|reazion[ei]",
    "ja": "件のコメント|件のフィードバック|件の返信|件の意見|件の考え|コメント",
    "ko": "개의 생각|개의 댓글|개의 응답|개의 답글|댓글",
    "lt": "komentar(?:as|ai|ų)|mint(?:is|ys|ių)|atsakym(?:as|ai|ų)",
    "lv": "komentār(?:s|i|u)|doma|domas|atbilde|atbildes",
    "nb": "kommentar(?:er)?|tanker?|svar|reaksjon(?:er)?",
    "nl": "gedachten?|reacties?|antwoord(?:en)?|commentaren|opmerking(?:en)?",
    "pl": "komentarz[ey]?|odpowied[zź]i?|myśl[i]?|przemyśle(?:nie|nia|ń)|opini[aei]+|reakcj[aei]+",
    "pt": "coment[áa]rios?|pensamentos?|respostas?|ideias?|opini(?:ão|ões)|reaç(?:ão|ões)",
    "ro": "comentari(?:u|i|ile)|gând(?:uri)?|răspuns(?:uri)?|păreri|părere",
    "ru": "комментари(?:й|я|ев|и)|мысл(?:ь|и|ей)|ответ(?:а|ов|ы)?|отзыв(?:а|ов|ы)?|мнени[еяй]|"
    "замечани[еяй]",
    "sk": "komentár(?:e|ov)?|myšlien(?:ka|ky|ok)|reakci[aeí]|odpove[dď][eií]?|názor[yov]*",
    "sl": "komentarj?(?:ev|a|i)?|misel|misli|odgovor(?:ov|a|i)?|mnenj[ea]?",
    "sr": "мишљењ[ае]|коментар(?:а|и)?|одговор(?:а|и)?|komentar[ai]?|mišljenj[ae]|odgovor[ai]?|"
    "misli",
    "sv": "kommentar(?:er)?|tank(?:e|ar)|svar|reaktion(?:er)?",
    "th": "ความเห็น|ความคิดเห็น",
    "tr": "yorum(?:lar)?|düşünce|yanıt(?:lar)?|cevap(?:lar)?|görüş",
    "uk": "коментар(?:і|ів|я)?|думок|думк[аи]|відповід(?:ь|і|ей)|відгук(?:и|ів)?",
    "vi": "bình luận|suy nghĩ|phản hồi|trả lời|thoughts",
    "zh": "条评论|條評論|个想法|個想法|则留言|則留言|条回复|條回覆|条留言|則回應|则回应|个评论|"
    "则评论|条回应|評論|评论|留言|回應",
}

# A heading of comments without a count, or of one kind of them.
SECTIONS: Final = {
    "en": "comments?|discussion|reader comments|join the (?:discussion|conversation)|replies|"
    "responses|trackbacks?(?: ?[/&] ?pingbacks?)?|pingbacks?(?: ?[/&] ?trackbacks?)?|"
    "(?:trackbacks?|pingbacks?) and (?:trackbacks?|pingbacks?)|pings|what others (?:say|"
    "are saying)|comments? (?:from|on|by|of|to) [^.:;]{1,60}|recent comments|"
    "older comments|archived comments",
    "ar": "التعليقات|تعليقات|الردود|تعليق واحد|تعليقان|تعليقين|رد واحد .*|ردان .*|(?:رأي|"
    "تعليق) واحد .*|(?:تعليقان|رأيان) .*",
    "bg": "коментари",
    "cs": "komentáře|diskuze",
    "de": "kommentare|diskussion|pingbacks? und trackbacks?",
    "el": "σχόλια",
    "es": "comentarios|respuestas|trackbacks y pingbacks",
    "fa": "دیدگاه\u200cها|نظرات",
    "fi": "kommentit|kommentteja",
    "fr": "commentaires|les commentaires|vos commentaires|discussions?|rétroliens",
    "he": "תגובות",
    "hr": "komentari",
    "hu": "hozzászólások",
    "it": "commenti|i commenti|risposte|discussione",
    "ja": "コメント|コメント一覧|トラックバック",
    "ko": "댓글",
    "nb": "kommentarer|svar",
    "nl": "reacties|commentaren|discussie",
    "pl": "komentarze|odpowiedzi|dyskusja",
    "pt": "comentários|respostas",
    "ro": "comentarii|răspunsuri",
    "ru": "комментарии|отзывы|обсуждение|ответы",
    "sk": "komentáre",
    "sr": "коментари|одговори",
    "sv": "kommentarer|svar",
    "tr": "yorumlar|yanıtlar",
    "uk": "коментарі|відгуки|обговорення",
    "zh": "评论|評論|留言|评论列表|网友评论",
}

# The heading of the form that stands below the comments; everything after it is form.
FORM: Final = {
    "en": "leave a (?:reply|comment|response)|leave your (?:reply|comment|thoughts)|post (?:a|"
    "your) (?:reply|comment)|add (?:a|your) (?:reply|comment)|write a (?:reply|comment)|"
    "submit a comment|speak your mind|have your say|got something to say\\??|"
    "join the (?:discussion|conversation)|what do you think\\??|your (?:comment|reply|"
    "thoughts)|reply|comment|leave a reply to (?:[^\\s.,]+ ?){1,4}|"
    "click here to cancel reply|share your thoughts",
    "ar": "اترك تعليق[اًا]*|اترك رد[اًا]*|أضف تعليق[اًا]*|أكتب تعليق[اًا]*|اكتب تعليق[اًا]*|"
    "شاركنا رأيك|إضافة تعليق|ضع تعليق[اًا]*",
    "bg": "вашият коментар|оставете (?:коментар|отговор)|напишете коментар|коментирайте",
    "ca": "deixa un comentari|deixa una resposta|respon|envia un comentari",
    "cs": "napsat komentář|přidat komentář|zanechat odpověď|okomentovat|"
    "zrušit odpověď na komentář|přidejte (?:svůj )?komentář",
    "da": "skriv (?:et svar|en kommentar)|efterlad (?:et svar|en kommentar)|kommentér",
    "de": "schreibe? (?:einen kommentar|eine antwort)|kommentar (?:verfassen|schreiben|abgeben|"
    "hinterlassen|hinzufügen)|hinterlasse? (?:einen kommentar|eine antwort|uns)|antworten|"
    "deine meinung|ihr kommentar|dein kommentar|kommentieren|diskutiere mit|"
    "einen kommentar (?:schreiben|hinterlassen)",
    "el": "αφήστε (?:μια απάντηση|ένα σχόλιο|το σχόλιό σας)|σχολιάστε|γράψτε ένα σχόλιο",
    "es": "deja (?:una respuesta|un comentario|tu comentario|tu opinión)|deje (?:una respuesta|"
    "un comentario|su comentario)|dejar (?:una respuesta|un comentario)|"
    "añad[ei]r? un comentario|escrib[ei]r? un comentario|responder|agregar un comentario|"
    "enviar un comentario|comentar",
    "et": "lisa kommentaar|vasta",
    "fa": "دیدگاهتان را بنویسید|پاسخ دهید|دیدگاه خود را بنویسید|نظر بدهید|پاسخی بگذارید|"
    "یک دیدگاه بنویسید",
    "fi": "vastaa|jätä (?:kommentti|vastaus)|kirjoita kommentti|kommentoi",
    "fr": "laisser un commentaire|laissez un commentaire|laisser une réponse|laissez une réponse|"
    "laisser (?:un )?message|votre commentaire|répondre|ajouter un commentaire|"
    "poster un commentaire|postez un commentaire|écrire un commentaire|"
    "publier un commentaire|commenter|votre réponse|soumettre un commentaire|"
    "participer à la discussion|réagir",
    "he": "כתיבת תגובה|השארת תגובה|השאר תגובה|הוסף תגובה|להגיב",
    "hr": "odgovori|komentiraj|ostavi komentar|ostavite komentar|napiši komentar|odgovorite",
    "hu": "hozzászólás írása|vélemény, hozzászólás\\?|szólj hozzá!?|hozzászólás a.*|válasz írása",
    "id": "tinggalkan (?:balasan|komentar)|beri (?:balasan|komentar)|tulis komentar",
    "it": "lascia un commento|lascia una risposta|rispondi|scrivi un commento|commenta|"
    "aggiungi un commento|lascia la tua opinione|di' la tua|il tuo commento|"
    "inserisci un commento",
    "ja": "コメントを残す|コメントする|返信する|コメントを書く|コメントを投稿する|コメントを追加",
    "ko": "답글 남기기|댓글 남기기|댓글 달기|응답 취소",
    "lt": "parašykite komentarą|palikti komentarą|komentuoti|atsakyti",
    "lv": "atbildēt|pievienot komentāru",
    "nb": "legg (?:igjen|inn|att) (?:en kommentar|et svar|eit svar|ein kommentar)|"
    "skriv en kommentar|kommenter",
    "nl": "geef een (?:reactie|antwoord)|laat een (?:reactie|antwoord|bericht) achter|"
    "plaats een reactie|een reactie plaatsen|reageer|reactie plaatsen|geef (?:jouw|uw|"
    "je) reactie|beantwoorden",
    "pl": "dodaj komentarz|zostaw (?:komentarz|odpowiedź|swój komentarz)|skomentuj|"
    "napisz komentarz|wyślij komentarz|odpowiedz|zamieść odpowiedź|dodaj odpowiedź|"
    "twój komentarz",
    "pt": "deix[ae]r? (?:um|uma|seu|o seu|sua|a sua) (?:comentário|resposta|opinião)|responder|"
    "comentar|escreva um comentário|adicionar um comentário|envi[ae]r? um comentário|"
    "comente|faça um comentário",
    "ro": "lasă un (?:răspuns|comentariu)|lasă-ne un comentariu|adaugă un comentariu|"
    "scrie un comentariu|răspunde",
    "ru": "добавить комментарий|оставить комментарий|оставьте (?:комментарий|ответ|отзыв)|"
    "ваш комментарий|оставить (?:ответ|отзыв)|написать комментарий|отправить комментарий|"
    "ответить|комментировать|прокомментировать|ваш отзыв|напишите комментарий",
    "sk": "pridaj komentár|pridať komentár|zanechať odpoveď|napísať komentár|pridajte komentár",
    "sl": "dodaj odgovor|komentiraj|napiši komentar|objavi komentar|oddaj komentar",
    "sr": "оставите (?:одговор|коментар)|напишите коментар|остави (?:одговор|коментар)|"
    "ostavite (?:odgovor|komentar)|ostavi (?:odgovor|komentar)|одговорите|napišite komentar",
    "sv": "lämna (?:ett svar|en kommentar)|kommentera|skriv (?:ett svar|en kommentar)",
    "th": "ใส่ความเห็น|แสดงความคิดเห็น",
    "tr": "bir (?:yanıt|cevap|yorum) (?:yazın|bırakın|ekleyin)|yorum (?:yapın|yap|bırak|ekle|"
    "yazın)|cevap (?:yaz|bırakın)|yanıt (?:yaz|bırakın)|yorumunuzu yazın",
    "uk": "залишити (?:відповідь|коментар)|залиште (?:відповідь|коментар)|додати коментар|"
    "напишіть коментар|прокоментувати|ваш коментар",
    "vi": "trả lời|để lại (?:một bình luận|bình luận|một phản hồi)|viết bình luận|gửi phản hồi|"
    "bình luận",
    "zh": "发表评论|发表回复|發佈留言|發表迴響|發表回覆|發表留言|留下评论|留下回复|撰写评论|"
    "我要评论|添加评论|发表留言",
}

# A notice that nobody can comment any more. It ends a thread like a form does.
CLOSED: Final = {
    "en": "(?:sorry, )?(?:the )?(?:comments?|comment form|discussion|commenting|replies) (?:are|"
    "is|has been|have been|section is|for this \\w+ (?:are|is)|on this \\w+ (?:are|"
    "is)) (?:now |currently )?(?:closed|disabled|off|turned off|not allowed|locked)(?: .*|"
    ".)?|no comments? (?:are )?allowed.*|both comments and pings are currently closed.*|"
    "(?:you )?must be logged in to (?:post|leave) a comment.*|you must be logged in.*|"
    "you must log in .*",
    "ar": "التعليقات مغلقة.*|التعليقات متوقفة.*|أغلقت التعليقات.*",
    "bg": "коментарите са (?:затворени|изключени).*",
    "ca": "els comentaris (?:estan|són) tancats.*",
    "cs": "komentáře (?:nejsou povoleny|jsou uzavřeny|jsou vypnuty|byly uzavřeny).*",
    "da": "der er lukket for kommentarer.*|kommentarer (?:er )?lukke[td].*",
    "de": "(?:die )?kommentare? (?:sind|ist) (?:derzeit )?(?:geschlossen|deaktiviert).*|"
    "die kommentarfunktion ist .*|kommentarfunktion .*|kommentieren ist .*",
    "el": "τα σχόλια είναι κλειστά.*|δεν επιτρέπονται σχόλια.*",
    "es": "(?:los )?comentarios (?:están )?(?:cerrados|desactivados|deshabilitados).*|"
    "no se admiten (?:más )?comentarios.*|lo siento, los comentarios .*",
    "fa": "دیدگاه\u200cها بسته شده.*|نظرات بسته.*|امکان ارسال دیدگاه.*",
    "fi": "(?:kommentit|kommentointi) (?:on|ovat) (?:suljettu|pois).*",
    "fr": "(?:désolé, )?(?:les )?commentaires (?:sont )?(?:fermés|clos|désactivés).*|"
    "la discussion est (?:close|fermée).*|il n’est plus possible de (?:commenter|laisser).*",
    "he": "(?:ה)?תגובות (?:סגורות|נעולות|חסומות).*|סגור לתגובות.*",
    "hr": "komentari su (?:zatvoreni|isključeni|onemogućeni).*",
    "hu": "(?:a )?hozzászólások (?:jelenleg )?(?:le vannak zárva|lezárva|nem engedélyezettek).*|"
    "a hozzászólások lezárva.*",
    "id": "komentar ditutup.*",
    "it": "(?:i )?commenti (?:sono )?(?:chiusi|disabilitati|disattivati).*|"
    "non è (?:più )?possibile commentare.*",
    "ja": "(?:現在)?コメントは受け付けていません.*|コメントは(?:停止|締め切).*",
    "ko": "댓글은 닫혔습니다.*|댓글이 닫혔습니다.*",
    "nb": "kommentarer (?:er )?(?:stengt|lukket|skrudd av).*|kommentarfeltet er .*|"
    "det er stengt .*",
    "nl": "(?:de )?reacties (?:zijn )?(?:gesloten|uitgeschakeld).*|reageren is niet.*|"
    "reageren is (?:gesloten|uitgeschakeld).*",
    "pl": "(?:możliwość )?komentowani[ae] (?:jest |zostało |została )?(?:wyłączon|zamknięt|"
    "zablokowan).*|możliwość komentowania .*|komentarze (?:są )?(?:zamknięte|wyłączone|"
    "zablokowane).*",
    "pt": "(?:os )?comentários (?:estão |foram )?(?:fechados|encerrados|desativados|"
    "desabilitados).*",
    "ro": "comentariile sunt (?:închise|dezactivate).*|comentariile au fost.*",
    "ru": "(?:обсуждение|комментирование) (?:закрыто|отключено|запрещено).*|"
    "комментарии (?:\\w+ )?(?:закрыты|отключены|запрещены|выключены).*|комментариев нет.*",
    "sk": "komentáre (?:nie sú povolené|sú uzavreté|sú vypnuté).*",
    "sl": "komentarji so (?:onemogočeni|zaprti).*",
    "sr": "коментари су (?:затворени|онемогућени|искључени).*|komentari su (?:zatvoreni|"
    "isključeni).*|није омогућено коментарисање.*|коментарисање .*",
    "sv": "kommentarer (?:är )?(?:inaktiverade|stängda|avstängda).*|kommentarsfältet är .*",
    "tr": "(?:bu yazı )?yorumlar(?:a)? (?:kapalı|kapatıldı|kapatılmıştır).*|yoruma kapalı.*",
    "uk": "(?:обговорення|коментування) (?:закрите|вимкнено).*|коментарі (?:закриті|вимкнені|"
    "закрито).*",
    "vi": "(?:các )?bình luận (?:đã|bị|được) đóng.*|đã đóng bình luận.*",
    "zh": "评论已关闭.*|評論已關閉.*|评论功能已关闭.*|留言功能已關閉.*|迴響已關閉.*|"
    "此处评论已关闭.*|评论关闭.*|留言已關閉.*",
}

# Links between the pages of a long thread.
PAGING: Final = {
    "en": "(?:←|«|<|&larr;|‹)? ?(?:older|newer|previous|next|earlier|later|more) (?:comments?|"
    "replies|posts?|page)(?: ?(?:→|»|>|›))?|comments? navigation|comment pages?|(?:show|"
    "load|view) (?:more|all)(?: \\d+)? (?:comments|replies)|page \\d+ of \\d+|"
    "post navigation",
    "ar": "(?:← |« )?(?:التعليقات|تعليقات) (?:الأقدم|الأحدث|أقدم|أحدث)(?: →| »)?|تصفّح التعليقات|"
    "التنقل بين التعليقات|تصفح التعليقات|التنقل في التعليقات",
    "cs": "(?:← )?(?:starší|novější) komentáře(?: →)?|navigace (?:v|pro) komentář\\w+",
    "de": "(?:← |« )?(?:ältere|neuere) kommentare(?: →| »)?|kommentar-?navigation|"
    "beitragsnavigation",
    "es": "(?:← |« )?comentarios (?:más )?(?:antiguos|recientes|nuevos|anteriores)(?: →| »)?|"
    "navegación de(?: los)? comentarios|navegación de entradas",
    "fr": "(?:← |« )?commentaires (?:plus )?(?:anciens|récents|précédents|suivants)(?: →| »)?|"
    "navigation (?:des|dans les) (?:commentaires|articles)|navigation de l’article",
    "it": "(?:← |« )?commenti (?:meno|più) recenti(?: →| »)?|(?:← )?(?:vecchi|"
    "nuovi) commenti(?: →)?|navigazione (?:dei )?commenti|navigazione articoli",
    "nl": "(?:← )?(?:oudere|nieuwere) reacties(?: →)?|reactie-?navigatie|berichtnavigatie",
    "pl": "(?:← )?(?:starsze|nowsze) komentarze(?: →)?|nawigacja (?:komentarzy|po komentarzach|"
    "wpisu)|nawigacja komentarza",
    "pt": "(?:← |« )?(?:comentários (?:mais )?(?:antigos|recentes|novos|anteriores))(?: →| »)?|"
    "navegação (?:de|dos|por) (?:comentários|posts?|artigos)",
    "ru": "(?:← |« )?(?:предыдущие|следующие|старые|новые|более ранние|"
    "более новые) комментарии(?: →| »)?|навигация по (?:комментариям|записям)",
    "sr": "(?:← )?(?:старији|новији|претходни|наредни) коментари(?: →)?|кретање коментара|"
    "кретање чланка",
    "sv": "(?:← )?(?:äldre|nyare) kommentarer(?: →)?|kommentarsnavigering|inläggsnavigering",
    "tr": "(?:← )?(?:eski|yeni|önceki|sonraki) yorumlar(?: →)?|yorum(?:lar)? (?:gezinmesi|"
    "dolaşımı)",
}

# Lines of the form and its surroundings, known wherever they stand outside a comment.
FORM_LINES: Final = {
    "en": "your email address will not be published.*|required fields are marked.*|"
    "fill in your details below.*|you are commenting using your .*|(?:google|twitter|"
    "facebook) photo|(?:twitter|facebook) picture|wordpress\\.com logo|gravatar|"
    "connecting to %s|this site uses akismet.*|notify me of .*|save my name.*|cancel reply|"
    "email \\(required\\).*|name \\(required\\).*|.*log out */ *change.*|website|"
    "post comment|you may use these html tags.*|please log in using one of these methods.*|"
    "enter your comment here.*|subscribe to .{0,40}(?:comments|feed|rss).*|"
    "rss feed for comments.*|comments? rss.*|trackback (?:url|uri|link).*|"
    "follow any comments.*|responses are currently.*",
    "ar": "لن يتم نشر عنوان بريدك.*|الحقول الإلزامية.*|احفظ اسمي.*",
    "cs": "vaše (?:e-mailová adresa|emailová adresa) nebude.*|vyžadované informace.*",
    "de": "deine e-mail-adresse wird nicht.*|ihre e-mail-adresse wird nicht.*|"
    "erforderliche felder.*",
    "es": "tu (?:dirección de )?correo electrónico no será.*|los campos (?:obligatorios|"
    "necesarios).*",
    "fr": "votre adresse (?:e-mail|de messagerie|courriel|email|mail|.*) ne sera pas.*|"
    "les champs obligatoires.*|ce site utilise akismet.*|enregistrer mon nom.*",
    "it": "il tuo indirizzo email non sarà.*|i campi obbligatori.*|questo sito usa akismet.*|"
    "questo sito utilizza akismet.*",
    "nl": "je e-mailadres (?:wordt|zal) niet.*|vereiste velden.*",
    "pl": "twój adres e-?mail nie zostanie.*|wymagane pola są.*|ta strona używa akismet.*",
    "pt": "o seu endereço de (?:e-mail|email) não será.*|(?:os )?campos obrigatórios.*",
    "ru": "ваш (?:адрес )?(?:email|e-mail).* не будет.*|обязательные поля.*|"
    "этот сайт использует akismet.*",
    "sr": "ваша адреса е-поште неће.*|неопходна поља.*",
    "sv": "din e-postadress kommer inte.*|obligatoriska fält.*",
    "tr": "e-posta (?:hesabınız|adresiniz) yayı\\w+.*|gerekli alanlar.*",
}

# What heads the buttons below a post.
SHARE: Final = {
    "en": "share this|share|like this|sharing|spread the word|share this post|share on",
    "ar": "شارك هذا الموضوع|معجب بهذه|شارك",
    "cs": "sdílet|to se mi líbí",
    "de": "teilen mit|teilen|gefällt mir|gefällt mir wird geladen|teile dies mit",
    "es": "comparte esto|compartir|me gusta esto|compártelo",
    "fr": "partager|j’aime ça|partager ceci|partagez",
    "it": "condividi|mi piace|condividi su|condividi questo",
    "nl": "delen|vind ik leuk|dit delen",
    "pl": "udostępnij|udostępnij to|lubię to|dodaj do ulubionych",
    "pt": "compartilhe isso|compartilhe|curtir isso|partilhar|gostar disto",
    "ru": "поделиться ссылкой|поделиться|понравилось это|поделитесь",
    "sr": "подели ово|подели|свиђа ми се",
    "sv": "dela detta|dela|gilla|gilla detta",
    "tr": "bunu paylaş|paylaş|beğen",
}
# The buttons below it, with what a screen reader is told about them.
BUTTONS: Final = (
    "tweet|facebook|twitter|x|email|e-mail|print|whatsapp|telegram|pocket|linkedin|reddit|tumblr|"
    "pinterest|skype|mastodon|bluesky|threads|vk|viber|more|mehr|plus|altro|más|mais|ещё|"
    "like ?loading\\.*|loading\\.*|like|be the first to like this\\.?|related|"
    "click to .{1,60}(?:\\(opens in new window\\).{0,30})?|cliquez pour .{1,80}|"
    "klick(?:en)?, um .{1,80}|fai clic .{1,80}|haz clic .{1,80}|clique para .{1,80}"
)

# What a newsletter prints between its paragraphs.
APPEALS: Final = (
    "subscribe now|subscribed|"
    "(?:thanks|thank you) for reading .{1,80}[!.] (?:subscribe for free|this post is public).{1,80}"
    "|"
    ".{1,80} is a reader-supported publication\\. .{1,80} subscriber\\.|"
    "already (?:a )?(?:paid )?subscribe[rd]\\?(?: sign in)?|upgrade to (?:paid|subscribe)"
)

# Links and marks that a theme prints behind each comment.
TRACES: Final = {
    "en": "like|likelike|liked|loading\\.*|reply|reply to (?:[^\\s.,]+ ?){1,4}|reply ?[↓→]|"
    "log in to (?:reply|leave a comment)|(?:please )?log ?in to reply|\\(?(?:edit|quote|"
    "report|permalink|link|share)\\)?|report comment|report abuse|flag|cancel reply",
    "ar": "رد|الرد|ردّ|إعجاب|سجّل الدخول للرد|سجل الدخول للرد|سجل الدخول لكي ترد|تحميل\\.*",
    "bg": "отговор|отговори|влезте, за да отговорите",
    "ca": "respon|m'agrada",
    "cs": "odpovědět|pro přidání komentáře se přihlaste|pro odpověď se přihlaste",
    "da": "svar|besvar|log ind for at svare",
    "de": "antworten|gefällt mir|zum antworten anmelden|anmelden,? um zu antworten|"
    "wird geladen ?[.…]*|melde dich an, um zu antworten|zitieren",
    "el": "απάντηση|συνδεθείτε για να απαντήσετε|μου αρέσει",
    "es": "responder|me gusta|accede para responder|acceder para responder|"
    "inicia(?:r)? sesión para responder|cargando ?[.…]*|citar",
    "fa": "پاسخ|برای پاسخ دادن وارد شوید|برای پاسخ وارد شوید",
    "fi": "vastaa|kirjaudu sisään vastataksesi|tykkää",
    "fr": "répondre|j’aime|j'aime|connectez-vous pour répondre|se connecter pour répondre|"
    "identifiez-vous pour répondre|chargement ?[.…]*|citer|répondre à (?:[^\\s.,]+ ?){1,4}",
    "he": "הגב|להגיב|תגובה|השב|יש להתחבר כדי להגיב|התחבר כדי להגיב",
    "hr": "odgovori|prijavite se za odgovor",
    "hu": "válasz|a válaszhoz be kell jelentkezni|bejelentkezés a válaszhoz",
    "id": "balas|suka|masuk untuk membalas",
    "it": "rispondi|mi piace|accedi per rispondere|effettua il login per rispondere|"
    "caricamento ?[.…]*",
    "ja": "返信|いいね|ログインして返信|返信するにはログインしてください",
    "ko": "응답|답글|좋아요|로그인 후 답글",
    "nb": "svar|logg inn for å svare|liker",
    "nl": "beantwoorden|reageer|vind ik leuk|log in om te (?:reageren|beantwoorden)|"
    "inloggen om te (?:reageren|antwoorden)|bezig met laden ?[.…]*|login om te reageren",
    "pl": "odpowiedz|lubię(?: to)?|zaloguj się,? (?:by|aby) odpowiedzieć|wczytywanie ?[.…]*|cytuj",
    "pt": "responder|curtir|gosto|(?:faça )?(?:inicie|iniciar|faça) (?:sessão|login) (?:para|"
    "e) responder|acesse para responder|entre para responder|carregando ?[.…]*|"
    "faça login para responder",
    "ro": "răspunde|autentifică-te pentru a răspunde|apreciază",
    "ru": "ответить|нравится|войдите,? чтобы ответить|авторизуйтесь,? чтобы ответить|"
    "загрузка ?[.…]*|цитировать",
    "sk": "odpovedať|pre odpoveď sa prihláste",
    "sl": "odgovori|prijavite se za odgovor",
    "sr": "одговори|одговорите|пријавите се да бисте одговорили|пријавите се за одговор|odgovori|"
    "свиђа ми се",
    "sv": "svara|gilla|logga in för att svara|laddar ?[.…]*",
    "tr": "cevapla|yanıtla|beğen|yanıtlamak için (?:giriş|oturum) .*|"
    "cevaplamak için giriş yap\\w*|yükleniyor ?[.…]*",
    "uk": "відповісти|подобається|увійдіть,? щоб відповісти|увійти, щоб відповісти",
    "vi": "trả lời|phản hồi|thích|đăng nhập để trả lời",
    "zh": "回复|回覆|赞|讚|登录以回复|登入以回覆|登录后回复|请登录以回复",
}

# How many like a comment; the number may be left out for one.
LIKES: Final = {
    "en": "(?:like)?liked by %s (?:people|persons?|others?)",
    "ar": "(?:إعجاب)?(?:معجب بهذه|أعجب به(?:ذا)?|أُعجب به|نال إعجاب|معجب بهذا)[: ]*%s? ?\\w*",
    "da": "(?:synes godt om)?liket af %s \\w+",
    "de": "(?:gefällt mir)?gefällt %s (?:personen|person|mal)|(?:liken)?geliked? von %s \\w+",
    "es": "(?:me gusta)?(?:le gusta|les gusta|gusta) a %s (?:personas?|people)|a %s (?:personas?|"
    "people) (?:le|les) gusta.*",
    "fi": "(?:tykkää)?tykännyt %s \\w+",
    "fr": "(?:j[’']aime)?aimé par %s (?:personnes?|autres?|people|person)",
    "he": "(?:אהבתי)?אהוב על ידי %s? ?\\w*",
    "id": "(?:suka)?disukai oleh %s \\w+",
    "it": "(?:mi piace)?piace a %s (?:person[ae]|people|altri)",
    "ja": "(?:いいね)?%s ?人がいいね.*",
    "nb": "(?:liker)?likt av %s \\w+",
    "nl": "(?:vind-ik-leuk|vind ik leuk|like)?(?:geliked door|leuk gevonden door|"
    "gewaardeerd door) %s \\w+|%s (?:mensen|persoon) (?:vinden|vindt) dit leuk",
    "pl": "(?:lubię)?(?:polubione|polubili|lubiane) przez %s \\w+",
    "pt": "(?:curtir|gosto)?curtido por %s (?:pessoas?|people|person)|"
    "(?:gosto)?gostos? de %s pessoas?",
    "ro": "(?:apreciază)?apreciat de %s \\w+",
    "ru": "(?:нравится)?(?:(?:по)?нравится|понравилось) %s (?:людям|человеку|пользовател\\w+)|"
    "(?:нравится)?оценили? %s \\w+",
    "sr": "(?:свиђа ми се)?свиђа се %s \\w+|свидело се %s \\w+",
    "sv": "(?:gilla)?gillas av %s \\w+",
    "tr": "(?:beğen)?%s kişi beğendi|%s kişi tarafından beğenildi",
    "uk": "(?:подобається)?(?:вподобали|подобається) %s \\w+",
    "zh": "(?:赞|讚|喜欢)?%s ?(?:人喜欢|人喜歡|个赞|個讚|人赞).*",
}

# What follows the name of who speaks: "Ann says:".
SAYS: Final = {
    "en": "says?|said|wrote|writes|commented|replied|responded|comments|permalink",
    "ar": "يقول|تقول|قال|قالت|كتب|كتبت",
    "bg": "каза|казва|написа",
    "ca": "diu|ha dit|va dir",
    "cs": "říká|napsal(?:\\(a\\)|a)?|píše|řekl(?:a)?",
    "da": "siger|skriver|skrev",
    "de": "sagt|sagte|schreibt|schrieb|meint|meinte|hat gesagt",
    "el": "λέει|είπε|ο/η λέει|γράφει",
    "es": "dice|dijo|ha dicho|escribió|comentó|escribe",
    "fa": "گفت|می\u200cگوید|گفته|میگه|نوشت",
    "fi": "sanoo|sanoi|kirjoitti|kirjoittaa",
    "fr": "dit|a dit|a écrit|écrit|says",
    "he": "הגיב|אומר|כתב|אמר",
    "hr": "kaže|je rekao(?:/la)?|rekao|napisao|piše|veli",
    "hu": "szerint|mondja|írta|hozzászólása",
    "id": "berkata|mengatakan|menulis",
    "it": "dice|ha detto|scrive|ha scritto|commenta|disse",
    "ja": "より|のコメント|says",
    "ko": "님의 말|댓글",
    "nb": "sier|skriver|skrev",
    "nl": "zegt|schreef|zei|schrijft|reageerde",
    "pl": "pisze|mówi|napisał(?:\\(a\\)|a)?|powiedział(?:\\(a\\)|a)?",
    "pt": "diz|disse|escreveu|comentou|falou|disse o seguinte",
    "ro": "spune|a spus|a scris|a zis",
    "ru": "пишет|говорит|сказал(?:\\(а\\)|а)?|написал(?:\\(а\\)|а)?|комментирует|"
    "ответил(?:\\(а\\)|а)?",
    "sk": "hovorí|napísal(?:a)?|povedal(?:a)?|píše",
    "sl": "pravi|je rekel|je napisal|pravi/je dejal",
    "sr": "каже|је рекао(?:/ла)?|пише|рече|рекао|kaže|је написао",
    "sv": "skriver|säger|skrev|sade|sa",
    "tr": "diyor ki|dedi ki|dedi|diyor|şöyle dedi|yazdı|demiş ki",
    "uk": "каже|сказав|написав|пише|говорить|коментує",
    "vi": "viết|nói|đã viết|bình luận|says",
    "zh": "说道|說道|说|說|表示|写道|寫道|在",
}

PINGS: Final = {
    "en": "pingback|trackback|ping|track-?back|linkback|webmention",
    "ar": "تنبيه|تعقيب|إشعار",
    "de": "pingback|trackback|rückverweis",
    "fa": "بازتاب|پینگ\u200cبک",
    "fr": "ping|rétrolien|pingback|trackback",
    "ja": "ピンバック|トラックバック",
    "ko": "핑백|트랙백",
    "pl": "pingback|trackback",
    "ru": "пингбэк|уведомление|обратная ссылка|трекбэк|пинг",
    "sr": "повратни пинг|повратна веза|пингбек",
    "sv": "ping|pingback|trackback",
    "tr": "geri bildirim|geri izleme|pingback",
    "uk": "пінгбек|сповіщення|зворотний зв'язок|трекбек",
    "zh": "引用通告|pingback|trackback|自动引用通知|引用",
}
TRACKBACKS: Final = (
    "trackback|track-back|rétrolien|トラックバック|트랙백|трекбэк|трекбек|geri izleme"
)

_MONTHS: Final = (
    "january jan januar januari janvier janv gennaio gen enero ene janeiro stycznia styczeń "
    "января январь янв січня јануар јануара januara siječnja ledna leden januára ocak yanvar "
    "يناير tammikuuta január ianuarie gener ιανουαρίου ינואר ژانویه",
    "february feb februar februari février févr fév febbraio febrero fevereiro fev lutego luty "
    "февраля февраль фев лютого фебруар фебруара februara veljače února únor februára şubat "
    "فبراير helmikuuta február februarie febrer φεβρουαρίου פברואר فوریه",
    "march mar märz maart mars marzo março marca marzec марта март мар "
    "березня мартa marta ožujka března březen mart مارس maaliskuuta március martie març μαρτίου "
    "מרץ",
    "april apr avril avr aprile abril abr kwietnia kwiecień апреля апрель "
    "апр квітня април априла aprila travnja dubna duben apríla nisan أبريل ابريل huhtikuuta "
    "április aprilie απριλίου אפריל آوریل",
    "may mai mei maggio mag mayo maio maja maj май мая травня мај маја "
    "svibnja května květen mája mayıs مايو toukokuuta május maig μαΐου מאי مه",
    "june jun juni juin giugno giu junio junho czerwca czerwiec июня июнь июн червня јун јуна "
    "juna lipnja června červen júna haziran يونيو kesäkuuta június iunie juny ιουνίου יוני ژوئن",
    "july jul juli juillet juil luglio lug julio julho lipca lipiec июля июль июл липня јул јула "
    "jula srpnja července červenec júla temmuz يوليو heinäkuuta július iulie juliol ιουλίου יולי "
    "ژوئیه",
    "august aug augustus augusti août agosto ago sierpnia sierpień августа август авг серпня "
    "aвгуст avgusta kolovoza srpna srpen augusta ağustos أغسطس اغسطس elokuuta augusztus agost "
    "αυγούστου אוגוסט اوت",
    "september sep sept septembre settembre set septiembre setembro września wrzesień сентября "
    "сентябрь сен вересня септембар септембра septembra rujna září eylül سبتمبر syyskuuta "
    "szeptember septembrie setembre σεπτεμβρίου ספטמבר سپتامبر",
    "october oct okt oktober octobre ottobre ott octubre outubro out października październik "
    "октября октябрь окт жовтня октобар октобра oktobra listopada října říjen októbra ekim "
    "أكتوبر اكتوبر lokakuuta október octombrie οκτωβρίου אוקטובר اکتبر",
    "november nov novembre noviembre novembro listopad ноября ноябрь ноя листопада новембар "
    "новембра novembra studenoga listopadu kasım نوفمبر marraskuuta noiembrie νοεμβρίου נובמבר "
    "نوامبر",
    "december dec dez dezember décembre déc dicembre dic diciembre dezembro grudnia grudzień "
    "декабря декабрь дек грудня децембар децембра decembra prosinca prosince prosinec aralık "
    "ديسمبر joulukuuta decembrie desembre desember δεκεμβρίου דצמבר دسامبر",
)
MONTHS: Final = {
    name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()
}

# How long ago a comment was made.
AGES: Final = {
    "en": "(?:(?:about|over|almost|nearly) )?(?:\\d+|an?|one) ?(?:s|m|min|h|hr|d|w|wk|mo|y|yr|sec|"
    "second|minute|hour|day|week|month|year)s?\\.? ago|just now",
    "days": "(?:yesterday|today|heute|gestern|aujourd[’']hui|hier|hoy|ayer|oggi|ieri|vandaag|"
    "gisteren|dzisiaj|wczoraj|hoje|ontem|сегодня|вчера|idag|igår)"
    "(?:,? (?:at|um|à|a las|alle|om|o|às|в|kl\\.?) \\d{1,2} ?[:.h] ?\\d{2}"
    "(?: ?[ap]\\.?m\\.?| uhr)?)?",
    "de": "vor (?:\\d+|eine[mnrs]?) \\w{1,9}",
    "es": "hace (?:\\d+|una?) \\w{1,9}",
    "fr": "il y a (?:\\d+|une?) \\w{1,9}",
    "it": "(?:\\d+|un[ao]?) \\w{1,9} fa",
    "nl": "(?:\\d+|een) \\w{1,9} geleden",
    "pl": "(?:\\d+ )?\\w{1,9} temu",
    "pt": "há (?:\\d+|uma?) \\w{1,9}",
    "ru": "(?:\\d+ )?\\w{1,9} назад",
    "sv": "för (?:\\d+|en|ett) \\w{1,9} sedan",
}
# Days of the week, as they stand between a name and a date.
WEEKDAYS: Final = (
    "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|"
    "(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|"
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    "lunes|martes|miércoles|jueves|viernes|sábado|domingo|"
    "понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье"
)
BEFORE_DATE: Final = (
    "(?:posted |published |commented |submitted )?(?:on|at)|posted|le|publié le|posté le|am|"
    "geschrieben am|il|el|em|op|dnia|den|в|у"
)

# What leads in the name of who is answered.
IN_REPLY: Final = {
    "en": "(?:in )?(?:reply|response) to|repl(?:ied|ying) to|responded to",
    "de": "(?:als )?antwort (?:auf|an)",
    "es": "en respuesta a|respondiendo a",
    "fr": "en réponse à",
    "it": "in risposta a",
    "nl": "(?:als )?(?:antwoord|reactie) op",
    "pl": "w odpowiedzi (?:na|do)",
    "pt": "em resposta a",
    "ru": "в ответ(?: на)?",
    "sv": "som svar (?:på|till)",
}
# What a page says of who comments, beside the name.
BADGES: Final = (
    "op|author|auteur|autor|autore|автор|mod|moderator|admin|staff|subscriber|abonné|top fan|"
    "edited|pinned"
)

# The words that lines of links behind comments are made of, where no column tells comments apart.
LINK_WORDS: Final = {
    "en": "reply|replies|share|likes?|liked|flag|report|permalink|embed|save|parent|edit|delete|"
    "hide|upvote|downvote|award|link|quote|unsubscribe|more options|collapse|expand|give gold",
    "de": "antworten|melden|empfehlen|teilen|zitieren|gefällt mir|beitrag|kommentar",
    "es": "responder|denunciar|compartir|me gusta|citar|reportar",
    "fr": "répondre|signaler(?: un abus)?|partager|j[’']aime|citer|alerter",
    "it": "rispondi|segnala|condividi|mi piace|cita",
    "nl": "reageer|beantwoorden|melden|delen|vind ik leuk",
    "pl": "odpowiedz|zgłoś|udostępnij|lubię to|cytuj",
    "pt": "responder|denunciar|compartilhar|curtir|citar",
    "ru": "ответить|уровень выше|ветвь дискуссии|свернуть|развернуть|поделиться|пожаловаться|"
    "нравится|ссылка|цитировать",
}
# Of these, those that lead to the comment that is answered, and those that count likes.
PARENT_LINKS: Final = "parent|уровень выше"
LIKE_WORDS: Final = (
    "likes?|upvotes?|points?|gefällt mir|me gusta|j[’']aime|mi piace|vind ik leuk|lubię to|"
    "curtir|нравится"
)
