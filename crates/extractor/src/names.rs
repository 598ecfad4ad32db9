//! Who wrote it: people's names out of bylines, and agencies apart from them.

use knowledge::Cues;

/// What a byline says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Byline {
    /// Names of people.
    pub authors: Vec<String>,
    /// The agency or paper.
    pub credit: Option<String>,
}

/// Reads a byline: `Bài và ảnh: Thu Trang - Hà Thu (tổng hợp)`, `Vân Anh/dulich.petrotimes.vn`, `Theo Bnews`.
pub fn read(line: &str, cues: &Cues) -> Byline {
    let mut byline = Byline::default();
    let line = crate::clean::clean(line);
    let line = line.trim_matches(|c: char| matches!(c, '.' | ':' | '-' | '–' | '|' | '*' | ' ' | '/' | ','));
    if line.is_empty() || line.chars().count() > 160 {
        return byline;
    }
    let rest = without_prefix(line, &cues.byline_prefixes);
    for part in parts(rest) {
        let part = without_prefix(part, &cues.byline_prefixes);
        let credited = without_prefix(part, &cues.credit_prefixes);
        let name = without_suffix(credited, &cues.name_suffixes);
        if is_name(name, cues) {
            push(&mut byline.authors, name);
        } else if byline.credit.is_none() && is_credit(credited) {
            byline.credit = Some(credited.to_owned());
        }
    }
    byline
}

/// Names of people only, from a list as metadata gives it.
pub fn people<'a>(values: impl IntoIterator<Item = &'a str>, cues: &Cues, publisher: &str) -> Vec<String> {
    let mut names = Vec::new();
    for value in values {
        for name in read(value, cues).authors {
            if !same_words(&name, publisher) {
                push(&mut names, &name);
            }
        }
    }
    names
}

/// Whether a line signs an article: nothing but names, in capitals, bold or behind a byline's word.
pub fn is_signature(line: &str, cues: &Cues) -> bool {
    let words = line.split_whitespace().count();
    if !(2..=14).contains(&words) && !(words == 1 && line.chars().count() > 3) {
        return false;
    }
    let byline = read(line, cues);
    if byline.authors.is_empty() {
        return false;
    }
    // Everything but names, links between them and a few known words would be prose.
    let named: usize = byline.authors.iter().map(|name| name.split_whitespace().count()).sum();
    words <= named + 4
}

fn push(names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|known| same_words(known, name)) {
        names.push(name.to_owned());
    }
}

fn same_words(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// Splits at what stands between names: commas, dashes with spaces, bars, slashes, `và`.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    line.split([',', ';', '|', '/', '&', '•', '·', '–', '—', '+', '(', ')'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" và "))
        .flat_map(|part| part.split(" and "))
        .map(|part| part.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '.' | ':' | '"' | '“' | '”')))
        .filter(|part| !part.is_empty())
}

/// The line without one of these words in front, whatever its case.
pub fn without_prefix<'t>(line: &'t str, prefixes: &[String]) -> &'t str {
    let longest = prefixes.iter().filter_map(|prefix| after_prefix(line, prefix)).min_by_key(|rest| rest.len());
    longest.unwrap_or(line)
}

/// What follows a word in front; letters on both sides would make it another word.
pub fn after_prefix<'t>(line: &'t str, prefix: &str) -> Option<&'t str> {
    let mut at = 0;
    let mut letters = line.chars();
    for wanted in prefix.chars() {
        let c = letters.next()?;
        if !c.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
        at += c.len_utf8();
    }
    let rest = &line[at..];
    let glued = prefix.ends_with(char::is_alphabetic) && rest.starts_with(char::is_alphanumeric);
    (!glued).then(|| rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':'))
}

fn without_suffix<'t>(part: &'t str, suffixes: &[String]) -> &'t str {
    for suffix in suffixes {
        if let Some(at) = part.len().checked_sub(suffix.len())
            && part.is_char_boundary(at)
            && part[at..].to_lowercase() == *suffix
            && part[..at].ends_with(' ')
        {
            return part[..at].trim_end();
        }
    }
    part
}

/// One to five words, each with a capital, none of them a site's, a paper's or an office's.
fn is_name(part: &str, cues: &Cues) -> bool {
    let words: Vec<&str> = part.split_whitespace().collect();
    if words.is_empty() || words.len() > 5 || part.chars().count() > 40 || part.chars().count() < 2 {
        return false;
    }
    if part.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | ':' | '?' | '!' | '%' | '"' | '_')) || is_domain(part) {
        return false;
    }
    if !words.iter().all(|word| word.chars().next().is_some_and(char::is_uppercase) || matches!(*word, "de" | "van" | "von" | "da" | "bin"))
    {
        return false;
    }
    let lower = part.to_lowercase();
    let has = |cue: &String| {
        lower == *cue
            || lower.strip_prefix(cue.as_str()).is_some_and(|rest| rest.starts_with(' '))
            || lower.strip_suffix(cue.as_str()).is_some_and(|rest| rest.ends_with(' '))
    };
    !cues.not_names.iter().any(has)
}

fn is_domain(part: &str) -> bool {
    part.rsplit_once('.').is_some_and(|(site, zone)| {
        !site.is_empty()
            && (2..=4).contains(&zone.len())
            && zone.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_uppercase())
            && !part.contains(". ")
            && site.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/'))
    })
}

/// An agency or paper rather than a remark.
fn is_credit(part: &str) -> bool {
    part.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_alphanumeric())
        && part.split_whitespace().count() <= 7
        && part.chars().any(char::is_alphabetic)
        || is_domain(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues() -> Cues {
        knowledge::Knowledge::load(None).unwrap().publishers.cues
    }

    #[test]
    fn reads_names_and_agencies() {
        let cues = cues();
        for (line, authors, credit) in [
            ("Hà Thu (tổng hợp)", "Hà Thu", None),
            ("Vân Anh/dulich.petrotimes.vn", "Vân Anh", Some("dulich.petrotimes.vn")),
            ("NHẬT XUÂN;NGHI VŨ", "NHẬT XUÂN|NGHI VŨ", None),
            ("Bài và ảnh: Thu Trang - Minh Đức", "Thu Trang|Minh Đức", None),
            ("Theo Thu Trang", "Thu Trang", None),
            ("Theo Bnews", "", Some("Bnews")),
            ("VCCorp.vn", "", Some("VCCorp.vn")),
            ("Báo Dân Trí", "", Some("Báo Dân Trí")),
            ("VnExpress", "", Some("VnExpress")),
            ("Tác giả: Vụ Thị trường trong nước", "", Some("Vụ Thị trường trong nước")),
            ("https://www.facebook.com/vietnamnet.vn", "", None),
            ("Nguyễn Hạnh", "Nguyễn Hạnh", None),
            ("By Jane van Doe and John Smith", "Jane van Doe|John Smith", None),
        ] {
            let byline = read(line, &cues);
            assert_eq!(byline.authors.join("|"), authors, "{line}");
            if credit.is_some() {
                assert_eq!(byline.credit.as_deref(), credit, "{line}");
            }
        }
    }

    #[test]
    fn tells_a_signature_from_a_sentence() {
        let cues = cues();
        for line in ["Hà Thu (tổng hợp)", "Nguyễn Hạnh", "QUANG QUÝ", "Bài và ảnh: Thu Trang"] {
            assert!(is_signature(line, &cues), "{line}");
        }
        for line in [
            "Ông Nguyễn Mạnh Quyền phát biểu tại hội nghị về mục tiêu",
            "Kết quả kinh doanh",
            "Giá vàng hôm nay",
            "Hạn chế xuất khẩu nhiên liệu",
        ] {
            assert!(!is_signature(line, &cues), "{line}");
        }
    }
}
