"""The names that the fields of an article go by in tables and exports, in the languages that people keep them in."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final
from unicodedata import combining, normalize

Record = Mapping[str, Any]


def spelt(name: object) -> str:
    """A field's name in one spelling: small letters without accents, `_` between words, however they were parted."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", str(name).strip().lstrip("\ufeff"))
    plain = "".join(letter for letter in normalize("NFKD", words.casefold()) if not combining(letter))
    return re.sub(r"[\s.:/-]+", "_", plain)


_LISTS: Final[Mapping[str, str]] = {
    "title": "title headline resolved_title given_title name subject book_title titel überschrift schlagzeile betreff"
    " rubrik titre intitulé título titular encabezado titolo manchete العنوان عنوان заголовок название başlık tytuł"
    " 标题 標題 タイトル",
    "text": "text body content content_html content_text article article_text article_body full_text fulltext"
    " body_text raw_text plain_text maintext main_text markdown html story selection message inhalt volltext"
    " artikeltext beitrag texte contenu corps texte_intégral texto contenido cuerpo testo contenuto conteúdo corpo النص"
    " نص المحتوى محتوى المتن текст содержание metin içerik tekst innehåll 正文 内容 本文",
    "summary": "summary abstract abstract_note description excerpt standfirst subtitle lead dek preview"
    " zusammenfassung teaser vorspann résumé chapô resumen entradilla sumario bajada sommario riassunto resumo الملخص"
    " ملخص аннотация özet 摘要",
    "authors": "authors author byline creator creators by published_by writer writers reporter journalist book_author"
    " autor autoren verfasser auteur auteurs autores autora autore autori المؤلف الكاتب كاتب автор yazar forfatter"
    " författare 作者 著者",
    "published": "published published_at date_published date_publish publish_date publication_date pub_date pubdate"
    " date published_date published_on published_time publish_time posted posted_at post_date release_date issued"
    " timestamp_published datum erscheinungsdatum veröffentlicht veröffentlicht_am veröffentlichungsdatum"
    " date_de_publication date_publication publié fecha fecha_de_publicación fecha_publicación publicado data"
    " data_di_pubblicazione data_de_publicação التاريخ تاريخ تاريخ_النشر дата дата_публикации tarih 日期 日付 发布时间"
    " publication_year year",
    "saved": "created_at created",
    "outlet": "outlet source_name publisher publication publication_title site_name sitename site domain_name"
    " container_title newspaper journal feed_title media_name source source_hostname hostname source_domain domain"
    " media medium website domain_metadata quelle zeitung média fuente medio periódico diario fonte testata giornale"
    " jornal المصدر مصدر الصحيفة источник издание kaynak gazete bron krant kilde källa 来源 媒体",
    "url": "url link source_url resolved_url given_url uri permalink canonical_url canonical href address page_url"
    " article_url web_url lien adresse enlace collegamento الرابط رابط ссылка адрес bağlantı länk lenke 链接 网址",
    "place": "place location dateline city ort lieu lugar luogo المكان مكان место yer",
    "language": "language lang sprache langue idioma lingua اللغة язык dil taal språk 语言",
    "notes": "note notes document_note annotation annotations my_note my_notes comment comments anmerkung anmerkungen"
    " notiz notizen remarque remarques nota notas ملاحظات",
    "id": "id guid uuid item_id doi key hash article_id",
}
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    field: tuple(map(spelt, names.split())) for field, names in _LISTS.items()
}
"""The names of each field, best first. `saved` is when somebody kept an article, which is not when it appeared."""


def named(record: Record) -> dict[str, Any]:
    """A record with its keys in one spelling."""
    return {spelt(key): value for key, value in record.items()}


def has_articles(names: Iterable[object]) -> bool:
    """Whether fields of these names can make an article: it needs a title, a text or an address."""
    known = set(map(spelt, names))
    return any(known.intersection(NAMES[field]) for field in ("title", "text", "url"))


def has_text(record: Record) -> bool:
    """Whether one of its fields holds the article's text."""
    return any(value for name, value in named(record).items() if name in NAMES["text"])
