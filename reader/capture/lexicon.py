"""Words that give a line away, in the languages captures come in: data, and the one function that looks them up."""

import re
from typing import Final

LINES_KEPT: Final = 4096
"""Lines of which a finding is kept: the pages of an outlet share their menus, buttons and names."""

_STOP_WORDS: Final = """
the of and to a in is that for it on with as was at by are be from this have has had not but they his her she he you we
their its will would can were been or an which who more about after also than when there what if into out up said says
der die das und den von zu mit sich des auf für ist im dem nicht ein eine einen einem einer als auch es an werden aus er
hat dass sie nach wird bei um sind wie am über noch war wurde haben vor zum zur durch
le la les de des du et un une est que qui dans pour par sur au aux ce se pas plus ne sont avec il elle ils en son sa ses
cette ont été leur mais ou à nous vous comme fait selon
el los las y del una por con para su al lo como más pero sus este ha fue entre también sobre años muy según han era
il lo gli di che è per non sono una della dei nel alla con da si anche più come ma delle ai dal
o os do da em um uma não no na dos das ao pelo pela mais foi são seu sua
het een van en dat op te zijn voor niet met aan er maar om ook naar bij uit dan
och att det som en på är av för med den till inte om ett har jag var de kan han
i w na z się nie do że jest o to jak ale po co od za przez
ve bir bu için da de ile olarak olan çok daha gibi sonra kadar ise
и в не на что с по как это он за к но из от о для его до так же был она все
في من على إلى أن التي الذي هذا هذه عن مع كان كما قد ما لا أو بعد بين ذلك كانت قال وقال وفي ومن هو هي كل غير حيث خلال لم
أي قبل عام منذ عند حتى التى الى ان او انه أنه وأن بأن
که از به در را با این است برای آن می های شد کرد
של את על לא זה עם כי גם הוא היא אל כל
και το να του η της με που για από τον την στο
"""
STOP_WORDS: Final = frozenset(_STOP_WORDS.split())
"""The small words of running text: lines without them are labels, names and links."""

_PHRASES: Final = {
    "menu": """home|homepage|about|about us|contact|contact us|search|login|log in|sign in|sign out|register|menu|
        faq|faqs|
        sitemap|site map|skip to content|skip to main content|skip navigation|jump to|careers|jobs|advertise|
        advertise with us|
        press|media kit|help|help center|support|shop|store|cart|checkout|my account|account|blog|categories|
        category|tags|
        archives|archive|sections|topics|topic|all topics|navigation|open menu|close menu|close|back to top|top|
        toggle|
        navigation menu|main menu|products|pricing|services|resources|solutions|company|video|videos|podcast|podcasts|
        newsletters|gallery|photos|settings|language|previous|next|previous post|next post|next article|
        previous article|
        load more|show more|view all|see all|read full|loading|edition|weather|horoscope|crossword|site index|rss|
        rss feed|
        mobile app|download|download app|app store|google play|get started|book a demo|request a demo|free trial|
        startseite|über uns|kontakt|suche|suchen|anmelden|abmelden|registrieren|menü|hilfe|schließen|nach oben|
        zur startseite|
        übersicht|rubriken|mediathek|wetter|weiter|zurück|inhalt|zum inhalt springen|themen|politik|wirtschaft|
        panorama|
        accueil|à propos|contactez-nous|recherche|rechercher|connexion|se connecter|s'inscrire|aide|fermer|
        plan du site|
        rubriques|retour en haut|suivant|précédent|mon compte|voir plus|voir tout|aller au contenu|boutique|
        inicio|quiénes somos|contacto|buscar|iniciar sesión|regístrate|ayuda|cerrar|mapa del sitio|secciones|portada|
        siguiente|anterior|mi cuenta|ver más|ver todo|ir al contenido|tienda|chi siamo|contatti|cerca|accedi|início|
        contato|
        entrar|pesquisar|над|главная|контакты|поиск|войти|меню|ana sayfa|iletişim|giriş|zoeken|inloggen|over ons|
        الرئيسية|من نحن|اتصل بنا|بحث|تسجيل الدخول|القائمة|الصفحة الرئيسية|أقسام|الأقسام|المزيد|التالي|السابق|
        خريطة الموقع|إغلاق|
        الطقس|تواصل معنا|عن الموقع|فيديو|صور|رياضة|اقتصاد|سياسة|ثقافة|منوعات|العربية|english|deutsch|français|español|
        русский|türkçe|中文|日本語|português|italiano""",
    "legal": """©|(c)|copyright|all rights reserved|rights reserved|privacy|privacy policy|privacy notice|cookie|
        cookies|
        cookie policy|cookie settings|terms|terms of use|terms of service|terms and conditions|terms & conditions|
        disclaimer|
        legal|legal notice|accessibility|do not sell|do not sell my personal information|disclosure|affiliate|
        commission|
        editorial policy|code of ethics|accessibility statement|impressum|datenschutz|datenschutzerklärung|agb|
        alle rechte vorbehalten|nutzungsbedingungen|mentions légales|tous droits réservés|
        politique de confidentialité|cgu|
        données personnelles|aviso legal|todos los derechos reservados|política de privacidad|política de cookies|
        términos y condiciones|tutti i diritti riservati|todos os direitos reservados|все права защищены|
        tüm hakları saklıdır|
        جميع الحقوق محفوظة|حقوق النشر|سياسة الخصوصية|شروط الاستخدام|الشروط والأحكام|powered by|wordpress""",
    "share": """share|shares|share this|share this article|share on|facebook|twitter|x|tweet|tweets|linkedin|
        pinterest|whatsapp|
        telegram|instagram|youtube|reddit|email|e-mail|mail|print|copy link|link copied|messenger|tumblr|flipboard|
        tiktok|
        threads|bluesky|mastodon|googleplus|pin|pin it|stumbleupon|viber|pocket|follow|follow us|following|like|likes|
        like us|
        follow us on|save|bookmark|vk|teilen|drucken|merken|empfehlen|folgen|per mail|partager|imprimer|envoyer|
        suivez-nous|
        suivre|compartir|imprimir|enviar|síguenos|seguir|condividi|compartilhar|compartilhe|delen|dela|paylaş|
        поделиться|
        شارك|مشاركة|طباعة|تابعنا|فيسبوك|تويتر|واتساب|إرسال|تلغرام|شارك المقال|انستغرام|يوتيوب""",
    "related": """read more|read also|see also|related|related articles|related stories|related posts|related items|
        related content|
        related topics|related news|related links|related coverage|more from|more in|more on|more on this|
        more stories|
        more news|more articles|more like this|more to explore|you may also like|you might also like|you may like|
        you might like|recommended|recommended for you|recommended articles|recommended reading|most read|
        most popular|
        most viewed|most recent|most shared|popular|popular posts|popular articles|trending|trending now|latest|
        latest news|
        latest stories|latest posts|latest articles|recent posts|recent articles|recent comments|top stories|top news|
        editor's picks|editors' picks|editor's choice|editors picks|featured|featured articles|up next|watch next|
        watch|don't miss|
        read next|what to read next|keep reading|continue reading|further reading|must read|must reads|
        in this section|
        from the web|around the web|promoted stories|promoted|sponsored content|learn more|find out more|click here|
        also read|
        also on|in case you missed it|previously|elsewhere|best of|explore more|discover more|similar articles|
        from our partners|
        lesen sie auch|mehr zum thema|weitere artikel|weiterlesen|mehr lesen|das könnte sie auch interessieren|
        das könnte dich auch interessieren|auch interessant|meistgelesen|mehr dazu|zum thema|mehr|neueste artikel|
        aktuelles|
        verwandte artikel|weitere themen|weitere meldungen|lire aussi|à lire aussi|à lire|lire la suite|voir aussi|
        articles liés|sur le même sujet|les plus lus|articles récents|en savoir plus|dans la même rubrique|
        à découvrir|
        à ne pas manquer|leer más|leer también|lea también|te puede interesar|noticias relacionadas|
        artículos relacionados|
        más leído|más leídas|lo más leído|lo más visto|últimas noticias|ver también|le puede interesar|
        más información|
        más noticias|más en|leggi anche|potrebbe interessarti|articoli correlati|leia também|leia mais|veja também|
        notícias relacionadas|lees ook|lees meer|läs mer|читайте также|читать далее|по теме|ilgili haberler|
        اقرأ أيضا|اقرأ أيضاً|إقرأ أيضا|اقرأ المزيد|مواضيع ذات صلة|مقالات ذات صلة|أخبار ذات صلة|الأكثر قراءة|
        قد يعجبك أيضا|
        المزيد من|ذات صلة|شاهد أيضا|آخر الأخبار|أحدث الأخبار|موضوعات ذات صلة""",
    "notice": """we use cookies|uses cookies|use cookies|cookies are|your consent|consent|your browser|javascript|
        browser settings|
        affiliate links|affiliate link|affiliate commission|earn a commission|earn commission|may earn|
        at no extra cost|at no additional cost|
        sponsored post|paid partnership|for validation purposes|should be left unchanged|not intended to|
        informational purposes|
        information purposes|general information only|professional advice|medical advice|legal advice|
        financial advice|investment advice|
        consult your|consult a|qualified advisor|views expressed|opinions expressed|the author's own|
        do not necessarily reflect|
        does not constitute|not responsible for|by signing up|by subscribing|by clicking|by continuing|you agree to|
        you consent|recaptcha|
        terms apply|message and data rates|reply stop|unsubscribe at any time|spam|protected by|this site|
        this website|our website|
        our partners|personalise|personalize|analytics|third parties|third-party|personal data|all images|
        editorial process|
        editorial guidelines|editorial standards|fact-checked|fact checked|fact check|how we rate|our review|
        transparency|
        trademarks|registered trademark|member fdic|lorem ipsum|verwenden cookies|wir nutzen cookies|
        ihre zustimmung|einwilligung|
        drittanbieter|nous utilisons des cookies|votre consentement|utilizamos cookies|su consentimiento|
        ملفات تعريف الارتباط|
        error|try again|something went wrong|please wait|please try|enable javascript|ad blocker|adblock|logged in|
        log in to|sign in to|
        subscribers only|already a subscriber|to continue reading|create an account|free account|gift article""",
    "signup": """subscribe|subscribe now|subscription|subscribers|sign up|signup|newsletter|our newsletter|
        your inbox|email address|
        your email|enter your email|join|join now|join us|join our|become a member|membership|donate|donate now|
        support us|
        get the latest|stay up to date|stay informed|stay connected|free newsletter|unsubscribe|try it free|
        start your free trial|book a call|get in touch|schedule a|contact us today|call us|get a quote|
        free consultation|
        abonnieren|abo|jetzt abonnieren|e-mail-adresse|newsletter abonnieren|jetzt anmelden|kostenlos|s'abonner|
        abonnez-vous|
        abonnement|inscrivez-vous|votre email|votre adresse|faire un don|suscríbete|suscribirse|suscripción|boletín|
        tu correo|iscriviti|abbonati|assine|inscreva-se|подписаться|рассылка|abone ol|اشترك|اشترك الآن|
        النشرة البريدية|
        بريدك الإلكتروني|القائمة البريدية""",
    "advert": """advertisement|advertising|advert|ad|ads|sponsored|sponsor|paid content|partner content|promotion|
        buy now|shop now|
        story continues below|article continues below|continue reading below|scroll to continue|coupon|discount|
        sale|deal|
        anzeige|werbung|publicité|annonce|publicidad|anuncio|pubblicità|publicidade|реклама|reklam|advertentie|annons|
        إعلان|إعلانات|اعلان""",
    "credit": """photo|photos|photo by|photo credit|photograph|photography|image|images|image credit|image source|
        picture|pictured|
        credit|credits|courtesy|courtesy of|getty|getty images|reuters|ap photo|afp|shutterstock|istock|unsplash|
        pexels|
        file photo|illustration|screenshot|screengrab|photographer|source|caption|alamy|via ap|associated press|epa|
        dpa|
        bild|bilder|foto|fotos|quelle|bildquelle|fotograf|picture alliance|imago|archivbild|archiv|crédit|crédits|
        crédit photo|photographie|image d'illustration|légende|imagen|fotografía|fuente|archivo|fonte|immagine|imagem|
        фото|fotoğraf|صورة|تصوير|المصدر|رويترز|أرشيفية|الصورة|أ ف ب|وكالات""",
    "byline": """by|written by|published|published on|posted|posted on|posted by|posted in|updated|last updated|
        last modified|edited by|
        reviewed by|author|authors|about the author|min read|minute read|minutes read|mins read|read time|
        reading time|
        staff writer|staff reporter|correspondent|contributor|editor|editor-in-chief|reporting by|editing by|von|
        veröffentlicht|
        aktualisiert|stand|autor|autorin|lesezeit|redaktion|min|uhr|par|publié|publié le|mis à jour|mis à jour le|
        modifié le|
        auteur|rédaction|lecture|por|publicado|actualizado|actualizada|redacción|escrito por|lectura|di|pubblicato|
        aggiornato|опубликовано|автор|yayınlanma|güncelleme|door|بقلم|كتب|كتبت|نشر|نشر في|تاريخ النشر|آخر تحديث|
        تحديث|محرر""",
    "comment": """comment|comments|leave a comment|leave a reply|reply|replies|responses|responses to|thoughts on|
        comments are closed|
        post a comment|add a comment|add comment|write a comment|join the conversation|join the discussion|
        your email address will not be published|required fields|cancel reply|log in to reply|discussion|
        view comments|show comments|no comments|says|report abuse|upvote|downvote|newest|oldest|
        kommentar|kommentare|kommentieren|antworten|antwort|kommentar schreiben|diskussion|
        commentaire|commentaires|laisser un commentaire|répondre|réagir|réactions|
        comentario|comentarios|deja un comentario|responder|deja una respuesta|commenti|commento|rispondi|comentários|
        комментарии|ответить|yorum|yorumlar|reacties|تعليق|تعليقات|التعليقات|اترك تعليقا|أضف تعليق|أضف تعليقا|رد|
        الردود""",
}

CATEGORIES: Final = tuple(_PHRASES)
"""The kinds of giveaway, in the order of `Giveaways.coverage`."""

_TOKEN: Final = re.compile(r"[^\W_]+(?:['\-][^\W_]+)*|[©&]|\(c\)")
_APART: Final = bytes(
    code if chr(code).isalnum() or chr(code) in "'-&" else ord(" ") for code in range(128)
) + bytes(128)
"""For plain ASCII, which is split much faster than `_TOKEN` finds words: a space for what stands between them."""

_LOOKUP: Final[dict[str, int]] = {}
for _number, _phrases in enumerate(_PHRASES.values()):
    for _phrase in _phrases.split("|"):
        _LOOKUP.setdefault(" ".join(_phrase.split()), 1 << _number)
        _LOOKUP[" ".join(_phrase.split())] |= 1 << _number
_FIRST: Final[dict[str, int]] = {}
for _phrase in _LOOKUP:
    _words = _phrase.split()
    _FIRST[_words[0]] = max(_FIRST.get(_words[0], 0), len(_words))


def tokens(text: str) -> list[str]:
    """The casefolded words of a line as the tables here know them (straight apostrophes)."""
    low = text.casefold().replace("’", "'").replace("google+", "googleplus")
    if not low.isascii() or "(c)" in low:
        return _TOKEN.findall(low)
    if "&" in low:
        low = low.replace("&", " & ")
    words = low.encode().translate(_APART).decode().split()
    if "'" not in low and "-" not in low:
        return words
    return [part for word in words for part in (_TOKEN.findall(word) if "'" in word or "-" in word else (word,))]


def coverage(words: list[str]) -> list[float]:
    """For each of `CATEGORIES`, the share (0 to 1) of the line's words that belong to its phrases.

    Longest phrases count first; lines of more than sixty words are looked at only at their two ends.
    """
    total = len(words)
    found = [0.0] * len(CATEGORIES)
    if _FIRST.keys().isdisjoint(words):
        return found
    looked = words if total <= 60 else words[:30] + words[-30:]
    free = 0
    for position in [place for place, word in enumerate(looked) if word in _FIRST]:
        if position < free:
            continue
        longest = _FIRST[looked[position]]
        while longest:
            mask = (
                _LOOKUP.get(" ".join(looked[position : position + longest]), 0)
                if longest > 1
                else _LOOKUP.get(looked[position], 0)
            )
            if mask:
                free = position + longest
                for number in range(len(found)):
                    if mask >> number & 1:
                        found[number] += longest
                break
            longest -= 1
    return [count / total for count in found]
