//! Bytes to text: what is valid UTF-8 is UTF-8, whatever is declared; then the declaration; then the letters' statistics.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use model::{Issue, IssueKind};

use crate::legacy;

/// How far into a page a charset is looked for: pages with long `meta` elements declare it late.
const PRESCAN: usize = 16 * 1024;

/// A page's text, with what happened on the way.
pub struct Decoded<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// What was repaired or replaced.
    pub issues: Vec<Issue>,
}

/// Decodes a page, or says why there is nothing to read.
pub fn decode<'a>(bytes: &'a [u8], declared: Option<&str>) -> Result<Decoded<'a>, Issue> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Issue::new(IssueKind::Empty, "page", "there is nothing in it"));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(with(encoding, &bytes[mark..]));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(with(encoding, bytes));
    }
    if is_binary(bytes) {
        return Err(Issue::new(IssueKind::Binary, "page", "its bytes are no text"));
    }
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text: Cow::Borrowed(text), issues: Vec::new() }),
        Err(error) if error.error_len().is_none() => {
            let issue = Issue::new(IssueKind::Truncated, format!("byte {}", error.valid_up_to()), "the page ends inside a letter");
            let text = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            Ok(Decoded { text, issues: vec![issue] })
        }
        Err(_) => Ok(with(guess(bytes, declared), bytes)),
    }
}

/// Decodes what is not valid UTF-8 as it stands.
fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    let mut issues = Vec::new();
    if replaced {
        let count = text.matches('\u{FFFD}').count();
        issues.push(Issue::new(IssueKind::Encoding, "page", format!("{count} bytes are not {} and were replaced", encoding.name())));
    }
    Decoded { text, issues }
}

/// The encoding of bytes that are not all UTF-8.
fn guess(bytes: &[u8], declared: Option<&str>) -> &'static Encoding {
    if mostly_utf8(bytes) {
        return UTF_8;
    }
    let named = declared.and_then(|label| Encoding::for_label(label.as_bytes())).or_else(|| declared_in(bytes));
    match named {
        // What declares itself Latin-1 or UTF-8 and is not may be Vietnamese all the same.
        None => statistics(bytes),
        Some(encoding) if encoding == UTF_8 => statistics(bytes),
        Some(encoding) => encoding,
    }
}

fn statistics(bytes: &[u8]) -> &'static Encoding {
    // The old fonts' bytes look like any Western encoding, and only their letters tell.
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    if legacy::in_unicode(&text).is_some() {
        return WINDOWS_1252;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(256 * 1024)], true);
    let guess = detector.guess(Some(b"vn"), chardetng::Utf8Detection::Allow);
    if guess == WINDOWS_1258 {
        guess
    } else if guess == UTF_8 {
        UTF_8
    } else {
        WINDOWS_1252
    }
}

/// Whether bad bytes are the exception: some pages join UTF-8 with a few stray bytes.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    good > 10 * bad
}

/// The charset that a `meta` element or an XML declaration names.
fn declared_in(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(PRESCAN)];
    let lower: Vec<u8> = head.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = find(&lower[from..], b"charset").map(|at| from + at + 7) {
        if let Some(encoding) = label(&lower[at..]) {
            return Some(encoding);
        }
        from = at;
    }
    find(&lower, b"encoding=").and_then(|at| label(&lower[at + 8..]))
}

fn label(text: &[u8]) -> Option<&'static Encoding> {
    let start = text.iter().position(|byte| !matches!(byte, b'=' | b' ' | b'"' | b'\''))?;
    let rest = &text[start..];
    let end = rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'))).unwrap_or(rest.len());
    Encoding::for_label(&rest[..end])
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// UTF-16 whose mark was cut off shows a zero in every second byte of its markup.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(512) & !1];
    if sample.len() < 16 {
        return None;
    }
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let most = sample.len() / 2 * 7 / 10;
    if zeros(1) > most && zeros(0) == 0 {
        Some(UTF_16LE)
    } else if zeros(0) > most && zeros(1) == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Pictures, archives and programs have control characters that no text has; a page may have a stray one.
fn is_binary(bytes: &[u8]) -> bool {
    const MAGIC: [&[u8]; 7] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"PK\x03\x04", b"%PDF", b"\x1F\x8B", b"\x7FELF"];
    if MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return true;
    }
    let sample = &bytes[..bytes.len().min(4096)];
    let is_control = |byte: &u8| *byte < b' ' && !matches!(*byte, 9..=13 | 27);
    let control: u16 = sample.iter().map(|byte| u16::from(is_control(byte))).sum();
    usize::from(control) * 20 > sample.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], declared: Option<&str>) -> String {
        decode(bytes, declared).map(|decoded| decoded.text.into_owned()).unwrap_or_default()
    }

    #[test]
    fn utf8_wins_over_a_wrong_declaration() {
        assert_eq!(text("<meta charset=iso-8859-1>Hà Nội".as_bytes(), Some("iso-8859-1")), "<meta charset=iso-8859-1>Hà Nội");
    }

    #[test]
    fn windows_1258_is_read_declared_and_undeclared() {
        let sentence = "Kim ngạch xuất khẩu của thành phố năm nay ước đạt mười sáu tỷ, tăng so với năm trước. ".repeat(8);
        let decomposed: String = sentence
            .chars()
            .flat_map(|c| {
                // windows-1258 writes the tone after the letter with its shape.
                let mut parts: Vec<char> = unicode_normalization::UnicodeNormalization::nfd(std::iter::once(c)).collect();
                let tone = parts
                    .iter()
                    .position(|c| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'))
                    .map(|at| parts.remove(at));
                let base: String = unicode_normalization::UnicodeNormalization::nfc(parts.into_iter()).collect();
                base.chars().chain(tone).collect::<Vec<_>>()
            })
            .collect();
        let (bytes, _, lossy) = WINDOWS_1258.encode(&decomposed);
        assert!(!lossy);
        for declared in [Some("windows-1258"), None] {
            assert_eq!(crate::clean::clean(&text(&bytes, declared)), sentence.trim());
        }
    }

    #[test]
    fn refuses_what_is_no_text() {
        for (bytes, kind) in
            [(&b" \n"[..], IssueKind::Empty), (b"\x89PNG\r\n", IssueKind::Binary), (&[1, 2, 3, 0, 5, 6][..], IssueKind::Binary)]
        {
            assert_eq!(decode(bytes, None).err().map(|issue| issue.kind), Some(kind));
        }
    }

    #[test]
    fn a_page_cut_inside_a_letter_keeps_the_rest() {
        let decoded = decode(&"Hà Nội".as_bytes()[..6], None).ok().unwrap();
        assert_eq!((&*decoded.text, decoded.issues[0].kind), ("Hà N", IssueKind::Truncated));
    }
}
