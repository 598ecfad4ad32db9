//! Who wrote it: people's names out of bylines, and agencies apart from them.

use crate::words::Words;

/// Words of the longest signature.
const MOST_WORDS: usize = 14;

/// What a byline says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Byline {
    /// Names of people.
    pub authors: Vec<String>,
    /// The agency or paper.
    pub credit: Option<String>,
}

/// Reads a byline: `Bài và ảnh: Thu Trang - Hà Thu (tổng hợp)`, `Vân Anh/dulich.petrotimes.vn`, `Theo Bnews`.
pub fn read(line: &str, words: &Words) -> Byline {
    let mut byline = Byline::default();
    let line = crate::clean::clean(line);
    let line = line.trim_matches(|c: char| matches!(c, '.' | ':' | '-' | '–' | '|' | '*' | ' ' | '/' | ','));
    if line.is_empty() || line.chars().count() > 160 {
        return byline;
    }
    let mut helper = false;
    for part in parts(words.byline_prefixes.without(without_time(line))) {
        let plain = words.byline_prefixes.without(part);
        // Who follows a designer or a photographer is one too, until another part is named.
        helper = plain.len() == part.len() && (helper || words.helper_prefixes.strip(part).is_some());
        if helper {
            continue;
        }
        let part = without_avatar(plain);
        let credited = words.credit_prefixes.without(part);
        let name = without_suffix(credited, &words.name_suffixes);
        // Behind the author, `theo …` names what was drawn upon.
        let source = credited.len() < part.len() && !byline.authors.is_empty();
        if !source && is_name(name, words) {
            push(&mut byline.authors, name);
        } else if byline.credit.is_none() && is_credit(credited) {
            byline.credit = Some(credited.to_owned());
        }
    }
    byline
}

/// A byline without the time that stands behind it: `Kim Phong 15:21, 14/08/2026`.
fn without_time(line: &str) -> &str {
    let digit = line.find(|c: char| c.is_ascii_digit());
    let time = digit.filter(|at| line[*at..].trim_start_matches(|c: char| c.is_ascii_digit()).starts_with([':', '/', 'h']));
    time.map_or(line, |at| line[..at].trim_end())
}

/// A name without the letter that stands for its picture: `K Kim Phong`.
fn without_avatar(part: &str) -> &str {
    match part.split_once(' ') {
        Some((letter, name)) if letter.chars().count() == 1 && name.contains(' ') && name.starts_with(letter) => name,
        _ => part,
    }
}

/// Names of people only, from a list as metadata gives it.
pub fn people<'a>(values: impl IntoIterator<Item = &'a str>, words: &Words, publisher: &str) -> Vec<String> {
    let mut names = Vec::new();
    for value in values {
        for name in read(value, words).authors {
            if !same_words(&name, publisher) {
                push(&mut names, &name);
            }
        }
    }
    names
}

/// Whether a line signs an article: nothing but names, in capitals, bold or behind a byline's word.
pub fn is_signature(line: &str, words: &Words) -> bool {
    let count = line.split_whitespace().take(MOST_WORDS + 1).count();
    if line.contains(|c: char| c.is_ascii_digit() || c == '%') {
        return false;
    }
    let long_enough = (2..=MOST_WORDS).contains(&count) || count == 1 && line.chars().count() > 3;
    if !long_enough {
        return false;
    }
    let byline = read(line, words);
    if byline.authors.is_empty() {
        return false;
    }
    // Everything but names, links between them and a few known words would be prose.
    let named: usize = byline.authors.iter().map(|name| name.split_whitespace().count()).sum();
    count <= named + 4
}

/// Whether a line in brackets is nothing but papers and agencies: `(TTXVN/Vietnam+)`.
pub fn is_agency(line: &str, words: &Words) -> bool {
    let inside = line.trim_end_matches(['.', '/']).strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inside.is_some_and(|inside| {
        inside.len() < 60 && parts(inside).all(|part| words.not_names.strip(part).is_some_and(|(_, rest)| rest.is_empty()))
    })
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

fn without_suffix<'t>(part: &'t str, suffixes: &[String]) -> &'t str {
    for suffix in suffixes {
        if let Some(at) = part.len().checked_sub(suffix.len())
            && part.is_char_boundary(at)
            && part[..at].ends_with(' ')
            && part[at..].to_lowercase() == *suffix
        {
            return part[..at].trim_end();
        }
    }
    part
}

/// One to five words, each with a capital, none of them a site's, a paper's or an office's.
fn is_name(part: &str, words: &Words) -> bool {
    let parts: Vec<&str> = part.split_whitespace().collect();
    if parts.is_empty() || parts.len() > 5 || part.chars().count() > 40 || part.chars().count() < 2 {
        return false;
    }
    if part.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | ':' | '?' | '!' | '%' | '"' | '_')) || is_domain(part) {
        return false;
    }
    if !parts.iter().all(|word| word.chars().next().is_some_and(char::is_uppercase) || matches!(*word, "de" | "van" | "von" | "da" | "bin"))
    {
        return false;
    }
    // `Báo …` is no person in front; `… Online` is none at the end.
    let ends =
        parts.len() > 1 && parts.last().is_some_and(|last| last.is_ascii() && words.not_last_names.contains(&last.to_ascii_lowercase()));
    words.not_names.strip(part).is_none() && !ends
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
        && !part.contains(": ")
        && part.chars().any(char::is_alphabetic)
        || is_domain(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues() -> Words {
        Words::new(&knowledge::Knowledge::load(None).unwrap().publishers.cues)
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
            ("Phương Thảo (theo Robb Report)", "Phương Thảo", Some("Robb Report")),
            ("Nội dung: Hoài Phương - Thiết kế: Thái Hưng, Bảo Trâm", "Hoài Phương", None),
            ("Ảnh: Quốc Bình - Bài: Hoài Phương", "Hoài Phương", None),
            ("Nguyễn Tiến (Ảnh: Google Earth)", "Nguyễn Tiến", None),
            ("Việt Thành tổng hợp", "Việt Thành", None),
            ("Khải Nguyên (Theo Bloomberg)", "Khải Nguyên", Some("Bloomberg")),
            ("Văn Giáp/Bnews/vnanet.vn", "Văn Giáp", Some("Bnews")),
            ("K Kim Phong 15:21, 14/08/2026", "Kim Phong", None),
            ("Thực hiện: Minh Đăng; Đồ họa: Bảo Trâm", "Minh Đăng", None),
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
    fn tells_an_agency_from_a_remark() {
        let cues = cues();
        for line in ["(TTXVN/Vietnam+)", "(Vietnam+).", "(TTXVN)./."] {
            assert!(is_agency(line, &cues), "{line}");
        }
        for line in ["(Còn tiếp)", "(Báo cáo của Bộ Tài chính)", "TTXVN đưa tin", "(TTXVN) - Giá gạo tăng"] {
            assert!(!is_agency(line, &cues), "{line}");
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
