//! Folds a syllable to a key that is the same for all its spellings.
//!
//! The key has lower-case letters without tone, then a control character for the tone: `hoà` and `hòa` have one key, `Qúy` has that of `quý`.
//! So the placement of the tone cannot matter, and no rule about syllables is needed (`kế hoạch`, `hoàn thành` and `quý` are safe).
//! A `y` that is the syllable's only vowel counts as `i`: `tỷ` and `tỉ`, `kỳ` and `kì`, `Mỹ` and `Mĩ`, `quý` and `quí`.

use unicode_normalization::char::decompose_canonical;

use crate::token::is_letter;

/// Characters below this have an entry in the table; Vietnamese needs none above.
const TABLE: usize = 0x1F00;

/// What words are made of, by their codes, which begin with one: the vowels first, then all else that words and marks have.
const CODES: [char; 61] = [
    'a', 'ă', 'â', 'e', 'ê', 'i', 'o', 'ô', 'ơ', 'u', 'ư', 'y', 'b', 'c', 'd', 'đ', 'f', 'g', 'h', 'j', 'k', 'l', 'm', 'n', 'p', 'q', 'r',
    's', 't', 'v', 'w', 'x', 'z', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', ',', '%', '/', '-', '(', ')', '"', '\'', ':', ';',
    '$', '+', '*', '&', '!', '?', '=',
];
/// Bits of a code, and of a tone behind the codes of a word.
const CODE: u32 = 6;
const TONE: u32 = 3;
/// More characters than a number holds.
const LONGEST: usize = ((u64::BITS - TONE) / CODE) as usize;
/// The codes of the last vowel and of what it counts as.
const Y: u64 = code('y');
const I: u64 = code('i');
/// What a syllable that ends in a lone `y` can begin with, besides a consonant.
const STEMS: [u64; 4] = [pair('q', 'u'), pair('p', 'h'), pair('t', 'h'), pair('t', 'r')];

const fn code(letter: char) -> u64 {
    let mut at = 0;
    while at < CODES.len() && CODES[at] != letter {
        at += 1;
    }
    if at < CODES.len() { at as u64 + 1 } else { 0 }
}

const fn pair(first: char, second: char) -> u64 {
    code(first) << CODE | code(second)
}

/// What is known of a character: the code of its lower-case letter without tone (0 if it has none), the tone, and a bit each for the rest.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Letter(u16);

impl Letter {
    const LETTER: u16 = 1 << 9;
    const UPPER: u16 = 1 << 10;
    const LOWER: u16 = 1 << 11;
    const NUMERIC: u16 = 1 << 12;
    const DIGIT: u16 = 1 << 13;
    const SPACE: u16 = 1 << 14;

    /// What the standard library knows of a character.
    fn unfolded(letter: char) -> Self {
        let facts = [
            (Self::LETTER, is_letter(letter)),
            (Self::UPPER, letter.is_uppercase()),
            (Self::LOWER, letter.is_lowercase()),
            (Self::NUMERIC, letter.is_numeric()),
            (Self::DIGIT, letter.is_ascii_digit()),
            (Self::SPACE, letter.is_whitespace()),
        ];
        Self(facts.iter().filter(|(_, holds)| *holds).map(|(bit, _)| bit).sum())
    }

    fn folded(letter: char) -> Self {
        let (base, tone) = fold_char(letter);
        Self(Self::unfolded(letter).0 | u16::from(tone) << CODE | code(base) as u16)
    }

    const fn code(self) -> u64 {
        self.0 as u64 & ((1 << CODE) - 1)
    }

    const fn tone(self) -> u64 {
        self.0 as u64 >> CODE & ((1 << TONE) - 1)
    }

    const fn is(self, bits: u16) -> bool {
        self.0 & bits != 0
    }

    pub(crate) const fn is_letter(self) -> bool {
        self.is(Self::LETTER)
    }

    /// Whether a word that has begun goes on with it.
    pub(crate) const fn is_of_word(self) -> bool {
        self.is(Self::LETTER | Self::NUMERIC)
    }

    pub(crate) const fn is_upper(self) -> bool {
        self.is(Self::UPPER)
    }

    pub(crate) const fn is_lower(self) -> bool {
        self.is(Self::LOWER)
    }

    /// Whether it is a digit of ASCII.
    pub(crate) const fn is_digit(self) -> bool {
        self.is(Self::DIGIT)
    }

    pub(crate) const fn is_space(self) -> bool {
        self.is(Self::SPACE)
    }
}

/// What is known of every character.
#[derive(Debug)]
pub(crate) struct Folding(Box<[Letter; TABLE]>);

impl Folding {
    pub(crate) fn new() -> Self {
        let letter = |code: usize| char::from_u32(code as u32).map_or(Letter::default(), Letter::folded);
        Self(Box::new(std::array::from_fn(letter)))
    }

    /// What is known of a character.
    #[inline]
    pub(crate) fn of(&self, letter: char) -> Letter {
        self.0.get(letter as usize).copied().unwrap_or_else(|| Letter::unfolded(letter))
    }

    /// The key of a word as one number: the codes of its letters, then the tone; none if it is long or has other characters.
    #[inline]
    pub(crate) fn pack(&self, word: &[char]) -> Option<u64> {
        if word.len() > LONGEST {
            return None;
        }
        let (mut packed, mut tone) = (0, 0);
        for letter in word {
            let letter = self.0.get(*letter as usize).filter(|letter| letter.code() != 0)?;
            packed = packed << CODE | letter.code();
            tone = if letter.tone() == 0 { tone } else { letter.tone() };
        }
        let stem = packed >> CODE;
        let consonant = stem > Y && stem < 1 << CODE;
        if packed == (stem << CODE | Y) && (consonant || STEMS.contains(&stem)) {
            packed = stem << CODE | I;
        }
        Some(packed << TONE | tone)
    }

    /// Writes the key of any word into a buffer that is cleared first.
    pub(crate) fn key(word: &[char], key: &mut Vec<char>) {
        key.clear();
        let mut tone = 0;
        key.extend(word.iter().map(|&letter| {
            let (base, mark) = if (letter as usize) < TABLE { fold_char(letter) } else { (letter, 0) };
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
    use rustc_hash::{FxHashMap, FxHashSet};

    use super::*;

    #[test]
    fn packed_keys_are_those_of_the_letters() {
        let folding = Folding::new();
        let (mut packed, mut key) = (FxHashMap::default(), Vec::new());
        let letters = (0..TABLE as u32).filter_map(char::from_u32);
        let words = letters.flat_map(|c| [vec![c], vec!['t', c], vec!['q', 'u', c], vec!['t', 'h', c], vec!['k', c, 'y'], vec![c, 'y']]);
        for word in words {
            Folding::key(&word, &mut key);
            match folding.pack(&word) {
                Some(number) => assert_eq!(*packed.entry(number).or_insert_with(|| key.clone()), key, "{word:?}"),
                None => assert!(word.iter().any(|c| folding.of(*c).code() == 0), "{word:?}"),
            }
        }
        let keys: FxHashSet<_> = packed.values().collect();
        assert_eq!(keys.len(), packed.len());
    }

    #[test]
    fn characters_are_what_the_standard_library_says() {
        let folding = Folding::new();
        for c in '\0'..=char::MAX {
            let letter = folding.of(c);
            let found = [letter.is_letter(), letter.is_upper(), letter.is_lower(), letter.is_digit(), letter.is_space()];
            assert_eq!(found, [is_letter(c), c.is_uppercase(), c.is_lowercase(), c.is_ascii_digit(), c.is_whitespace()], "{c:?}");
            assert_eq!(letter.is_of_word(), is_letter(c) || c.is_numeric(), "{c:?}");
        }
    }

    #[test]
    fn spellings_of_one_syllable_share_a_key() {
        let folding = Folding::new();
        let key = |word: &str| {
            let mut key = Vec::new();
            let word: Vec<char> = word.chars().collect();
            Folding::key(&word, &mut key);
            (key, folding.pack(&word))
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
