//! What an input holds: by its name, by the user's word, or by its first bytes.

use clap::ValueEnum;

/// What an input holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// One HTML page.
    Html,
    /// One page saved as plain text.
    Text,
    /// JSON Lines: an article a line.
    Jsonl,
    /// A WARC file: every HTML page that is archived in it.
    Warc,
}

/// Every ending that names a kind.
const ENDINGS: &[(&str, Kind)] = &[
    ("html", Kind::Html),
    ("htm", Kind::Html),
    ("xhtml", Kind::Html),
    ("shtml", Kind::Html),
    ("txt", Kind::Text),
    ("jsonl", Kind::Jsonl),
    ("ndjson", Kind::Jsonl),
    ("json", Kind::Jsonl),
    ("warc", Kind::Warc),
];

/// Endings of compression, which may stand after those.
const PACKED: &[&str] = &["gz", "gzip"];

impl Kind {
    /// By the name's ending.
    pub fn of_name(name: &str) -> Option<Self> {
        split(name).1
    }

    /// By the first bytes: a brace opens JSON, an angle bracket HTML; anything else is text.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        let bytes =
            ["\u{feff}".as_bytes(), &[0xff, 0xfe], &[0xfe, 0xff]].iter().find_map(|mark| bytes.strip_prefix(*mark)).unwrap_or(bytes);
        match bytes.iter().find(|byte| !byte.is_ascii_whitespace() && **byte != 0) {
            Some(b'{') => Self::Jsonl,
            Some(b'<') => Self::Html,
            _ => Self::Text,
        }
    }
}

/// A file's name without folders and known endings: the id of its article.
pub fn stem(source: &str) -> &str {
    split(source).0
}

fn split(source: &str) -> (&str, Option<Kind>) {
    let name = source.rsplit(['/', '\\']).next().unwrap_or(source);
    let name = PACKED.iter().find_map(|ending| strip_ending(name, ending)).unwrap_or(name);
    ENDINGS.iter().find_map(|(ending, kind)| strip_ending(name, ending).map(|stem| (stem, Some(*kind)))).unwrap_or((name, None))
}

/// `page.HTML` without `html`; a name that is nothing but an ending keeps it.
fn strip_ending<'n>(name: &'n str, ending: &str) -> Option<&'n str> {
    let (stem, last) = name.rsplit_once('.')?;
    (last.eq_ignore_ascii_case(ending) && !stem.is_empty()).then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_stem_and_kind() {
        for (source, id, kind) in [
            ("pages/a.html", "a", Some(Kind::Html)),
            ("a.b.HTM.gz", "a.b", Some(Kind::Html)),
            ("x/y.txt", "y", Some(Kind::Text)),
            ("night.warc.gz", "night", Some(Kind::Warc)),
            ("all.jsonl.gz", "all", Some(Kind::Jsonl)),
            ("page.php", "page.php", None),
            (".html", ".html", None),
        ] {
            assert_eq!((stem(source), Kind::of_name(source)), (id, kind), "{source}");
        }
    }

    #[test]
    fn first_bytes_tell_the_kind() {
        for (bytes, kind) in [
            (&b"\xef\xbb\xbf \n<!doctype html>"[..], Kind::Html),
            (b"\xff\xfe<\0h\0", Kind::Html),
            (b"{\"id\":\"a\"}", Kind::Jsonl),
            (b"Th\xe1\xbb\xa9 ba", Kind::Text),
            (b"", Kind::Text),
        ] {
            assert_eq!(Kind::of_bytes(bytes), kind);
        }
    }
}
