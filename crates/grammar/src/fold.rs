//! Folds a syllable to a key that is the same for all its spellings.
//!
//! The key has lower-case letters without tone, then a control character for the tone: `hoà` and `hòa` have one key, `Qúy` has that of `quý`.
//! So the placement of the tone cannot matter, and no rule about syllables is needed (`kế hoạch`, `hoàn thành` and `quý` are safe).
//! A `y` that is the syllable's only vowel counts as `i`: `tỷ` and `tỉ`, `kỳ` and `kì`, `Mỹ` and `Mĩ`, `quý` and `quí`.

use unicode_normalization::char::decompose_canonical;

/// Characters below this have an entry in the table; Vietnamese needs none above.
const TABLE: usize = 0x1F00;

/// For every character its lower-case letter without tone, and the tone.
#[derive(Debug)]
pub(crate) struct Folding(Vec<(char, u8)>);

impl Folding {
    pub(crate) fn new() -> Self {
        Self((0..TABLE as u32).map(|code| char::from_u32(code).map_or(('\0', 0), fold_char)).collect())
    }

    /// Writes the key of a word into a buffer that is cleared first.
    pub(crate) fn key(&self, word: &[char], key: &mut Vec<char>) {
        key.clear();
        let mut tone = 0;
        key.extend(word.iter().map(|&letter| {
            let (base, mark) = self.0.get(letter as usize).copied().unwrap_or((letter, 0));
            if mark != 0 {
                tone = mark;
            }
            base
        }));
        if ends_in_lone_y(key) {
            key.pop();
            key.push('i');
        }
        if tone != 0 {
            key.push(char::from(tone));
        }
    }
}

/// Whether the last letter is a `y` that no vowel but the `u` of `qu` precedes, and that a syllable can begin like (no `CTY`).
fn ends_in_lone_y(key: &[char]) -> bool {
    let [stem @ .., 'y'] = key else { return false };
    let vowel = |letter: &char| matches!(letter, 'a' | 'ă' | 'â' | 'e' | 'ê' | 'i' | 'o' | 'ô' | 'ơ' | 'u' | 'ư' | 'y');
    match stem {
        [letter] => !vowel(letter),
        stem => matches!(stem, ['q', 'u'] | ['p' | 't', 'h'] | ['t', 'r']),
    }
}

fn fold_char(letter: char) -> (char, u8) {
    let (mut base, mut tone) = (None, 0);
    let mut shape = None;
    decompose_canonical(letter, |part| match part {
        '\u{300}' => tone = 1,
        '\u{301}' => tone = 2,
        '\u{309}' => tone = 3,
        '\u{303}' => tone = 4,
        '\u{323}' => tone = 5,
        '\u{302}' | '\u{306}' | '\u{31b}' => shape = Some(part),
        _ => base = Some(part),
    });
    let base = base.unwrap_or(letter).to_lowercase().next().unwrap_or(letter);
    let base = match shape {
        Some(mark) => unicode_normalization::char::compose(base, mark).unwrap_or(base),
        None => base,
    };
    (base, tone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_syllable_share_a_key() {
        let folding = Folding::new();
        let key = |word: &str| {
            let mut key = Vec::new();
            folding.key(&word.chars().collect::<Vec<_>>(), &mut key);
            key
        };
        for (one, other) in [("hoà", "hòa"), ("Thuỷ", "thủy"), ("Qúy", "quý"), ("quí", "quý"), ("tỷ", "tỉ"), ("KỲ", "kì"), ("Mỹ", "mĩ")]
        {
            assert_eq!(key(one), key(other));
        }
        for (one, other) in
            [("kế", "kê"), ("tuy", "tui"), ("hoạch", "hoách"), ("đồng", "dồng"), ("thủy", "thúy"), ("quy", "qui2"), ("cty", "CTI")]
        {
            assert_ne!(key(one), key(other));
        }
    }
}
