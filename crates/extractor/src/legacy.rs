//! Vietnamese text in encodings from before Unicode, and text that was decoded wrongly.
//!
//! TCVN3 (ABC) and VNI are fonts rather than encodings: their pages declare Latin letters and show Vietnamese ones.
//! They are told by letters that no Vietnamese text has in such numbers.

use encoding_rs::WINDOWS_1252;
use memchr::memchr_iter;
use model::{Issue, IssueKind};

/// TCVN3's letters in the order of their Latin-1 characters.
const TCVN3: &[(char, char)] = &[
    ('µ', 'à'),
    ('¸', 'á'),
    ('¶', 'ả'),
    ('·', 'ã'),
    ('¹', 'ạ'),
    ('¨', 'ă'),
    ('»', 'ằ'),
    ('¾', 'ắ'),
    ('¼', 'ẳ'),
    ('½', 'ẵ'),
    ('Æ', 'ặ'),
    ('©', 'â'),
    ('Ç', 'ầ'),
    ('Ê', 'ấ'),
    ('È', 'ẩ'),
    ('É', 'ẫ'),
    ('Ë', 'ậ'),
    ('®', 'đ'),
    ('Ì', 'è'),
    ('Ð', 'é'),
    ('Î', 'ẻ'),
    ('Ï', 'ẽ'),
    ('Ñ', 'ẹ'),
    ('ª', 'ê'),
    ('Ò', 'ề'),
    ('Õ', 'ế'),
    ('Ó', 'ể'),
    ('Ô', 'ễ'),
    ('Ö', 'ệ'),
    ('×', 'ì'),
    ('Ý', 'í'),
    ('Ø', 'ỉ'),
    ('Ü', 'ĩ'),
    ('Þ', 'ị'),
    ('ß', 'ò'),
    ('ã', 'ó'),
    ('á', 'ỏ'),
    ('â', 'õ'),
    ('ä', 'ọ'),
    ('«', 'ô'),
    ('å', 'ồ'),
    ('è', 'ố'),
    ('æ', 'ổ'),
    ('ç', 'ỗ'),
    ('é', 'ộ'),
    ('¬', 'ơ'),
    ('ê', 'ờ'),
    ('í', 'ớ'),
    ('ë', 'ở'),
    ('ì', 'ỡ'),
    ('î', 'ợ'),
    ('ï', 'ù'),
    ('ó', 'ú'),
    ('ñ', 'ủ'),
    ('ò', 'ũ'),
    ('ô', 'ụ'),
    ('\u{AD}', 'ư'),
    ('õ', 'ừ'),
    ('ø', 'ứ'),
    ('ö', 'ử'),
    ('÷', 'ữ'),
    ('ù', 'ự'),
    ('ú', 'ỳ'),
    ('ý', 'ý'),
    ('û', 'ỷ'),
    ('ü', 'ỹ'),
    ('þ', 'ỵ'),
    ('¡', 'Ă'),
    ('¢', 'Â'),
    ('£', 'Ê'),
    ('¤', 'Ô'),
    ('¥', 'Ơ'),
    ('¦', 'Ư'),
    ('§', 'Đ'),
];

/// VNI: base letter, then a character that carries tone and shape together.
const VNI_MARKS: &[(char, &str)] = &[
    // mark, combining sequence on the base letter
    ('ø', "\u{300}"),
    ('ù', "\u{301}"),
    ('û', "\u{309}"),
    ('õ', "\u{303}"),
    ('ï', "\u{323}"),
    ('â', "\u{302}"),
    ('à', "\u{302}\u{300}"),
    ('á', "\u{302}\u{301}"),
    ('å', "\u{302}\u{309}"),
    ('ã', "\u{302}\u{303}"),
    ('ä', "\u{302}\u{323}"),
    ('ê', "\u{306}"),
    ('è', "\u{306}\u{300}"),
    ('é', "\u{306}\u{301}"),
    ('ú', "\u{306}\u{309}"),
    ('ü', "\u{306}\u{303}"),
    ('ë', "\u{306}\u{323}"),
];

/// VNI's letters that stand alone.
const VNI_LETTERS: &[(char, char)] = &[
    ('ñ', 'đ'),
    ('Ñ', 'Đ'),
    ('ô', 'ơ'),
    ('Ô', 'Ơ'),
    ('ö', 'ư'),
    ('Ö', 'Ư'),
    ('ì', 'ì'),
    ('í', 'í'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('î', 'ỵ'),
    ('Ì', 'Ì'),
    ('Í', 'Í'),
    ('Æ', 'Ỉ'),
    ('Ó', 'Ĩ'),
    ('Ò', 'Ị'),
    ('Î', 'Ỵ'),
];

/// An encoding that hides behind Latin letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Font {
    /// TCVN 5712, as the ABC fonts (`.VnTime`) show it.
    Tcvn3,
    /// VNI for Windows.
    Vni,
}

impl Font {
    /// Its name for people.
    fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "TCVN3",
            Self::Vni => "VNI",
        }
    }
}

/// Whether a page is written for one of the old fonts.
///
/// Counting bytes settles almost every page; only one full of Latin-1 letters is looked at more closely.
fn font(text: &str) -> Option<Font> {
    let (mut latin, mut vietnamese) = (0usize, 0usize);
    for byte in text.bytes() {
        latin += usize::from(matches!(byte, 0xC2 | 0xC3));
        vietnamese += usize::from(matches!(byte, 0xE1 | 0xC6));
    }
    if latin < 30 || latin < 3 * vietnamese {
        return None;
    }
    let (mut tcvn3, mut vni, mut plain) = (0usize, 0usize, 0usize);
    let mut before = ' ';
    for c in text.chars() {
        if before.is_ascii_alphabetic() && !c.is_ascii() {
            tcvn3 += usize::from(matches!(
                c,
                'µ' | '¸'
                    | '¶'
                    | '·'
                    | '¹'
                    | '¨'
                    | '»'
                    | '¾'
                    | '¼'
                    | '½'
                    | '©'
                    | 'ª'
                    | '«'
                    | '¬'
                    | '®'
                    | '\u{AD}'
                    | '÷'
                    | '×'
                    | 'Þ'
                    | 'ß'
            ));
            let pair = matches!(before.to_ascii_lowercase(), 'a' | 'e' | 'o' | 'u' | 'y') && vni_mark(c).is_some();
            vni += usize::from(pair);
        }
        plain += usize::from(c.is_alphabetic() && !c.is_ascii());
        before = c;
    }
    if tcvn3 > 15 && tcvn3 * 8 > plain {
        Some(Font::Tcvn3)
    } else if vni > 25 && vni * 3 > plain {
        Some(Font::Vni)
    } else {
        None
    }
}

/// A text in Unicode with the repair that made it so, if it was written for an old font.
pub fn in_unicode(text: &str) -> Option<(String, Issue)> {
    let font = font(text)?;
    Some((converted(text, font), Issue::new(IssueKind::Repaired, "page", format!("its text was written for {} fonts", font.name()))))
}

/// A page's source with the text between its tags in Unicode; what already is stays.
fn converted(source: &str, font: Font) -> String {
    let mut out = String::with_capacity(source.len() + source.len() / 8);
    let mut rest = source;
    while !rest.is_empty() {
        let end = rest.find('<').unwrap_or(rest.len());
        let (text, tag) = rest.split_at(end);
        if crate::clean::vietnamese_letters(text) > 0 {
            out.push_str(text);
        } else {
            match font {
                Font::Tcvn3 => out.extend(text.chars().map(from_tcvn3)),
                Font::Vni => from_vni(text, &mut out),
            }
        }
        let end = tag.find('>').map_or(tag.len(), |at| at + 1);
        out.push_str(&tag[..end]);
        rest = &tag[end..];
    }
    out
}

fn from_tcvn3(c: char) -> char {
    TCVN3.iter().find(|(old, _)| *old == c).map_or(c, |(_, new)| *new)
}

fn vni_mark(c: char) -> Option<&'static str> {
    let lower = c.to_lowercase().next()?;
    VNI_MARKS.iter().find(|(mark, _)| *mark == lower).map(|(_, combining)| *combining)
}

/// Base letters come before their marks, and letters of their own are told by what stands before them.
fn from_vni(text: &str, out: &mut String) {
    let mut base = false;
    for c in text.chars() {
        let mark = if base { vni_mark(c) } else { None };
        if let Some(combining) = mark {
            out.push_str(combining);
            base = false;
        } else if let Some((_, letter)) = VNI_LETTERS.iter().find(|(old, _)| *old == c) {
            out.push(*letter);
            base = matches!(letter, 'ơ' | 'Ơ' | 'ư' | 'Ư');
        } else {
            out.push(c);
            base = matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'o' | 'u' | 'y');
        }
    }
}

/// UTF-8 that was read as windows-1252, once or twice over: each run that decodes is repaired, the rest stays.
///
/// The second value says whether anything was.
pub fn without_mojibake(text: String) -> (String, bool) {
    let mut text = text;
    let mut mended = false;
    for _ in 0..2 {
        match repaired(&text) {
            Some(better) => text = better,
            None => break,
        }
        mended = true;
    }
    (text, mended)
}

fn repaired(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    // The first byte of a Vietnamese letter in UTF-8, read alone, is one of ÃÄÅÆáâÂ; a repair needs another foreign character right behind.
    let suspicious = |at: &usize| matches!(bytes[*at..], [_, 0x82..=0x86 | 0xA1 | 0xA2, next, ..] if next >= 0xC2);
    let mut out = String::new();
    let mut from = 0;
    for at in memchr_iter(0xC3, bytes).filter(suspicious) {
        if at >= from
            && let Some((letter, len)) = letter_of_bytes(&text[at..])
        {
            out.push_str(&text[from..at]);
            out.push(letter);
            from = at + len;
        }
    }
    out.push_str(&text[from..]);
    (from > 0).then_some(out)
}

/// The one letter whose UTF-8 bytes, read as windows-1252, stand in front; and the length of what they were read as.
fn letter_of_bytes(text: &str) -> Option<(char, usize)> {
    let mut bytes = [0u8; 3];
    let mut len = 0;
    for (index, c) in text.chars().take(3).enumerate() {
        bytes[index] = as_cp1252(c)?;
        len += c.len_utf8();
        let wanted = if bytes[0] >= 0xE0 { 3 } else { 2 };
        if index + 1 == wanted {
            let letter = std::str::from_utf8(&bytes[..wanted]).ok()?.chars().next()?;
            // Read twice over, a letter's bytes are Latin-1 signs before they are bytes again.
            let printed = matches!(letter, '\u{A0}'..='\u{24F}' | '\u{2C6}' | '\u{2DC}' | '\u{300}'..='\u{36F}' | '\u{1E00}'..='\u{1EFF}' | '\u{2010}'..='\u{2122}');
            return printed.then_some((letter, len));
        }
    }
    None
}

/// The byte that windows-1252 reads as this character; the five that it leaves open come through as themselves.
fn as_cp1252(c: char) -> Option<u8> {
    if (c as u32) < 0x100 {
        return Some(c as u8);
    }
    let mut buffer = [0u8; 4];
    let (bytes, _, lossy) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    (!lossy && bytes.len() == 1).then(|| bytes[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn mends_utf8_read_as_cp1252() {
        assert_eq!(without_mojibake("Bá»™ CÃ´ng ThÆ°Æ¡ng Ä‘iá»\u{81}u chá»‰nh giÃ¡".into()).0, "Bộ Công Thương điều chỉnh giá");
        let twice: String = {
            let once: String = "Bộ Công Thương".bytes().map(|b| WINDOWS_1252.decode_without_bom_handling(&[b]).0.into_owned()).collect();
            once.bytes().map(|b| WINDOWS_1252.decode_without_bom_handling(&[b]).0.into_owned()).collect()
        };
        assert_eq!(without_mojibake(twice).0, "Bộ Công Thương");
        for good in ["Ấn Độ, Âu Mỹ và Ả Rập: «cá» “Đá”", "Ân xá", "àáâãèéêìíòóôõùúý", "Á»Â"] {
            assert_eq!(without_mojibake(good.into()).0, good);
        }
    }

    #[test]
    fn reads_the_old_fonts() {
        let page =
            "<p>".to_owned() + &"Kim ng¹ch xuÊt khÈu cña c¶ n\u{AD}íc ®¹t 16 tû USD, t¨ng 5% so víi n¨m tr\u{AD}íc. ".repeat(5) + "</p>";
        assert_eq!(font(&page), Some(Font::Tcvn3));
        assert!(converted(&page, Font::Tcvn3).contains("Kim ngạch xuất khẩu của cả nước đạt 16 tỷ USD, tăng 5% so với năm trước."));
        let page =
            "<p>".to_owned() + &"Kim ngaïch xuaát khaåu cuûa caû nöôùc ñaït 16 tyû USD, taêng 5% so vôùi naêm tröôùc. ".repeat(5) + "</p>";
        assert_eq!(font(&page), Some(Font::Vni));
        let read: String = converted(&page, Font::Vni).nfc().collect();
        assert!(read.contains("Kim ngạch xuất khẩu của cả nước đạt 16 tỷ USD, tăng 5% so với năm trước."), "{read}");
        assert_eq!(font(&"<p>Kim ngạch xuất khẩu của cả nước</p>".repeat(40)), None);
        assert_eq!(font(&"<p>L’économie française a été très dynamique, à côté de l’Été</p>".repeat(40)), None);
    }
}
