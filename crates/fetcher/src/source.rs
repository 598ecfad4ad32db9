//! What feeds, sitemaps and section pages list.

use jiff::{Timestamp, civil, tz::TimeZone};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use scraper::{Html, Selector};
use url::Url;

/// What a source lists, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// Pages.
    pub pages: Vec<Listed>,
    /// Further sitemaps, with the time of their last change.
    pub sitemaps: Vec<Listed>,
    /// Entries without an address that reads.
    pub unread: usize,
}

/// An address that a source lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The address.
    pub url: Url,
    /// When the page was published, by the source.
    pub published: Option<Timestamp>,
    /// When it last changed, by the source.
    pub modified: Option<Timestamp>,
}

impl Listed {
    /// The date that the source gives: of the last change, or of publication.
    pub fn date(&self) -> Option<Timestamp> {
        self.modified.max(self.published)
    }
}

/// The most entries that are taken from one source; a sitemap may have 50,000.
const MOST: usize = 50_000;

/// Reads RSS, Atom, RDF, a sitemap or an index of sitemaps: one reader, since all are entries with an address and dates.
///
/// Never fails: what is cut off or malformed ends the list where it stands.
pub fn xml(bytes: &[u8], base: &Url) -> Listing {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut listing = Listing::default();
    let mut entry: Option<Entry> = None;
    let mut field = Field::Other;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => match tag.local_name().as_ref() {
                "item" | "entry" | "url" => entry = Some(Entry::default()),
                "sitemap" => entry = Some(Entry { is_sitemap: true, ..Entry::default() }),
                _ => {
                    field = Field::of(&tag);
                    atom_link(&tag, entry.as_mut());
                }
            },
            Ok(Event::Empty(tag)) => atom_link(&tag, entry.as_mut()),
            Ok(Event::Text(text)) => take(entry.as_mut(), field, &text.xml10_content()),
            Ok(Event::CData(text)) => take(entry.as_mut(), field, &text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => {
                let name = reference.xml10_content();
                let resolved = match reference.resolve_char_ref() {
                    Ok(Some(character)) => character.to_string(),
                    _ => quick_xml::escape::resolve_predefined_entity(&name).unwrap_or_default().to_owned(),
                };
                take(entry.as_mut(), field, &resolved);
            }
            Ok(Event::End(tag)) => {
                field = Field::Other;
                if matches!(tag.local_name().as_ref(), "item" | "entry" | "url" | "sitemap")
                    && let Some(entry) = entry.take()
                {
                    entry.add_to(&mut listing, base);
                }
            }
            Ok(Event::Eof) | Err(_) => return listing,
            Ok(_) => {}
        }
        if listing.pages.len() + listing.sitemaps.len() >= MOST {
            return listing;
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Field {
    Address,
    /// A guid is an address unless it says that it is none.
    Guid,
    Published,
    Modified,
    Other,
}

impl Field {
    fn of(tag: &BytesStart<'_>) -> Self {
        match tag.local_name().as_ref() {
            // `image:loc` is the address of an image.
            "loc" if tag.name().prefix().is_none() => Self::Address,
            "link" => Self::Address,
            "guid" => Self::Guid,
            "pubDate" | "published" | "publication_date" | "date" => Self::Published,
            "lastmod" | "updated" | "modified" => Self::Modified,
            _ => Self::Other,
        }
    }
}

/// An entry in the making.
#[derive(Default)]
struct Entry {
    is_sitemap: bool,
    address: String,
    guid: String,
    published: String,
    modified: String,
}

impl Entry {
    fn add_to(self, listing: &mut Listing, base: &Url) {
        let address = self.address.trim();
        let address = if address.is_empty() { self.guid.trim() } else { address };
        let Some(url) = address_of(address, base) else {
            listing.unread += 1;
            return;
        };
        let listed = Listed { url, published: date(&self.published), modified: date(&self.modified) };
        if self.is_sitemap { listing.sitemaps.push(listed) } else { listing.pages.push(listed) }
    }
}

fn take(entry: Option<&mut Entry>, field: Field, text: &str) {
    let Some(entry) = entry else { return };
    match field {
        Field::Address => entry.address.push_str(text),
        Field::Guid => entry.guid.push_str(text),
        Field::Published => entry.published.push_str(text),
        Field::Modified => entry.modified.push_str(text),
        Field::Other => {}
    }
}

/// Atom's `<link rel="alternate" href="…"/>`; other relations are not the page.
fn atom_link(tag: &BytesStart<'_>, entry: Option<&mut Entry>) {
    let (Some(entry), "link") = (entry, tag.local_name().as_ref()) else { return };
    let attribute = |name: &str| {
        let found = tag.try_get_attribute(name).ok().flatten()?;
        Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
    };
    if attribute("rel").is_none_or(|rel| rel == "alternate")
        && let Some(href) = attribute("href")
    {
        entry.address = href;
    }
}

/// An http(s) address, without its fragment.
fn address_of(text: &str, base: &Url) -> Option<Url> {
    if text.is_empty() {
        return None;
    }
    let mut url = base.join(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    url.set_fragment(None);
    Some(url)
}

/// Reads a date as feeds and sitemaps write it: RFC 2822, RFC 3339, or a day alone.
///
/// Times without a zone are Vietnam's.
pub fn date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let vietnam = TimeZone::fixed(jiff::tz::offset(7));
    text.parse()
        .ok()
        .or_else(|| jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp()))
        .or_else(|| vietnam.to_timestamp(local(text)?).ok())
}

fn local(text: &str) -> Option<civil::DateTime> {
    let forms = ["%Y-%m-%d %H:%M:%S", "%a, %d %b %Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M"];
    let day = || text.parse::<civil::Date>().ok().map(|day| day.at(0, 0, 0, 0));
    text.parse().ok().or_else(day).or_else(|| forms.iter().find_map(|form| civil::DateTime::strptime(form, text).ok()))
}

/// The links of a section page that lead to the publisher's own pages, in the order of the page.
pub fn links(html: &[u8], base: &Url) -> Vec<Url> {
    let Ok(anchors) = Selector::parse("a[href]") else { return Vec::new() };
    let page = Html::parse_document(&String::from_utf8_lossy(html));
    let mut found: Vec<Url> = Vec::new();
    for anchor in page.select(&anchors) {
        let nofollow = anchor.attr("rel").is_some_and(|rel| rel.split_whitespace().any(|word| word == "nofollow"));
        if let Some(url) = anchor.attr("href").and_then(|href| address_of(href.trim(), base))
            && !nofollow
            && url != *base
            && !found.contains(&url)
        {
            found.push(url);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Url {
        Url::parse("https://bao.example/rss/kinh-te.rss").unwrap()
    }

    fn read(text: &str) -> Vec<(String, Option<String>)> {
        let listing = xml(text.as_bytes(), &base());
        listing
            .pages
            .iter()
            .chain(&listing.sitemaps)
            .map(|listed| (listed.url.to_string(), listed.date().map(|date| date.to_string())))
            .collect()
    }

    fn entry(url: &str, date: Option<&str>) -> (String, Option<String>) {
        (url.to_owned(), date.map(str::to_owned))
    }

    #[test]
    fn rss_with_cdata_entities_and_guids() {
        let feed = r#"<?xml version="1.0"?><rss version="2.0"><channel><link>https://bao.example/</link>
            <item><title>Một &amp; hai</title><link><![CDATA[ https://bao.example/a.html ]]></link><pubDate>Tue, 04 Nov 2025 08:00:00 +0700</pubDate></item>
            <item><link>/b.html?x=1&amp;y=2#top</link><pubDate>2025-11-04 09:00:00</pubDate></item>
            <item><guid isPermaLink="true">https://bao.example/c.html</guid></item>
            <item><link>javascript:void(0)</link></item><item><title>x</title></item></channel></rss>"#;
        assert_eq!(
            read(feed),
            [
                entry("https://bao.example/a.html", Some("2025-11-04T01:00:00Z")),
                entry("https://bao.example/b.html?x=1&y=2", Some("2025-11-04T02:00:00Z")),
                entry("https://bao.example/c.html", None),
            ]
        );
        assert_eq!(xml(feed.as_bytes(), &base()).unread, 2);
    }

    #[test]
    fn atom_takes_the_alternate_link() {
        let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://bao.example/"/>
            <entry><link rel="edit" href="/edit"/><link href="https://bao.example/d?a=1&amp;b=2"/><published>2025-11-01T00:00:00Z</published><updated>2025-11-02T00:00:00Z</updated></entry></feed>"#;
        assert_eq!(read(feed), [entry("https://bao.example/d?a=1&b=2", Some("2025-11-02T00:00:00Z"))]);
    }

    #[test]
    fn sitemaps_news_and_indices() {
        let map = r#"<urlset xmlns:news="n" xmlns:image="i"><url><loc>https://bao.example/e.html</loc><image:image><image:loc>https://bao.example/e.jpg</image:loc></image:image>
            <news:news><news:publication_date>2025-11-03T10:00:00+07:00</news:publication_date></news:news></url>
            <url><loc>https://bao.example/f.html</loc><lastmod>2025-11-03</lastmod></url></urlset>"#;
        assert_eq!(
            read(map),
            [
                entry("https://bao.example/e.html", Some("2025-11-03T03:00:00Z")),
                entry("https://bao.example/f.html", Some("2025-11-02T17:00:00Z"))
            ]
        );
        let index = "<sitemapindex><sitemap><loc>https://bao.example/s1.xml.gz</loc><lastmod>2025-11-03T00:00:00Z</lastmod></sitemap></sitemapindex>";
        let listing = xml(index.as_bytes(), &base());
        assert_eq!((listing.pages.len(), listing.sitemaps.len()), (0, 1));
    }

    #[test]
    fn broken_files_list_what_they_can() {
        let cut = "<rss><channel><item><link>https://bao.example/a</link></item><item><link>https://bao.ex";
        assert_eq!(read(cut), [entry("https://bao.example/a", None)]);
        let crossed = "<rss><item><b><link>https://bao.example/a</link></item></b><item><link>https://bao.example/b</link></item></rss>";
        assert_eq!(read(crossed).len(), 2);
        assert_eq!(read("<html>no feed"), []);
    }

    #[test]
    fn dates_of_many_spellings() {
        for (text, expected) in [
            ("Tue, 04 Nov 2025 08:00:00 GMT", "2025-11-04T08:00:00Z"),
            ("2025-11-04T08:00:00+07:00", "2025-11-04T01:00:00Z"),
            ("2025-11-04T08:00:00", "2025-11-04T01:00:00Z"),
            ("11/4/2025 3:11:00 PM", "2025-11-04T08:11:00Z"),
            ("2025-11-04", "2025-11-03T17:00:00Z"),
        ] {
            assert_eq!(date(text).map(|date| date.to_string()).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(date("hôm qua"), None);
    }

    #[test]
    fn links_lead_away_and_once() {
        let html =
            br##"<a href="/a#x">1</a><a href="/a">2</a><a href="mailto:x@y">3</a><a rel="nofollow" href="/b">4</a><a href="#top">5</a>"##;
        let found: Vec<String> = links(html, &base()).iter().map(Url::to_string).collect();
        assert_eq!(found, ["https://bao.example/a"]);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_break_it(bytes: Vec<u8>) {
            let _ = xml(&bytes, &base());
        }
    }
}
