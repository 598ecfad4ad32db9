//! The cue words of pages, filed so that asking for them costs little.

use aho_corasick::AhoCorasick;
use knowledge::Cues;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::address::Addresses;
use crate::clean;

/// Beginnings of lines, by their first letter.
#[derive(Debug, Default)]
pub struct Prefixes(FxHashMap<char, Vec<String>>);

impl Prefixes {
    fn new(words: &[String]) -> Self {
        let mut by_letter: FxHashMap<char, Vec<String>> = FxHashMap::default();
        let mut longest_first: Vec<&String> = words.iter().collect();
        longest_first.sort_by_key(|word| std::cmp::Reverse(word.len()));
        for word in longest_first {
            if let Some(letter) = word.chars().next() {
                by_letter.entry(letter).or_default().push(word.clone());
            }
        }
        Self(by_letter)
    }

    /// What follows the longest of the words that stands in front of a line, whatever its case; and that word.
    pub fn strip<'t>(&self, line: &'t str) -> Option<(&str, &'t str)> {
        let letter = line.chars().next()?.to_lowercase().next()?;
        let words = self.0.get(&letter)?;
        words.iter().find_map(|word| after(line, word).map(|rest| (word.as_str(), rest)))
    }

    /// The line without such a word in front.
    pub fn without<'t>(&self, line: &'t str) -> &'t str {
        self.strip(line).map_or(line, |(_, rest)| rest)
    }
}

/// What follows a word in front; a letter right behind it would make it another word.
fn after<'t>(line: &'t str, word: &str) -> Option<&'t str> {
    let mut at = 0;
    let mut letters = line.chars();
    for wanted in word.chars() {
        let c = letters.next()?;
        if c != wanted && !c.to_lowercase().eq(std::iter::once(wanted)) {
            return None;
        }
        at += c.len_utf8();
    }
    let rest = &line[at..];
    let glued = word.ends_with(char::is_alphabetic) && rest.starts_with(char::is_alphanumeric);
    (!glued).then(|| rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':'))
}

/// Words that may stand anywhere in a line.
#[derive(Debug)]
pub struct Anywhere(Option<AhoCorasick>);

impl Anywhere {
    fn new(words: &[String]) -> Self {
        Self(AhoCorasick::new(words).ok().filter(|_| !words.is_empty()))
    }

    /// Whether a line in lower case has one.
    pub fn is_in(&self, lower: &str) -> bool {
        self.0.as_ref().is_some_and(|words| words.is_match(lower))
    }

    /// Where they stand in a line in lower case, each as start and end.
    pub fn all<'s>(&'s self, lower: &'s str) -> impl Iterator<Item = (usize, usize)> + 's {
        self.0.iter().flat_map(move |words| words.find_overlapping_iter(lower).map(|found| (found.start(), found.end())))
    }
}

/// A line that is one of these words and nothing else.
#[derive(Debug, Default)]
pub struct Whole(FxHashSet<String>);

impl Whole {
    fn new(words: &[String]) -> Self {
        Self(words.iter().map(|word| word.trim_matches(|c: char| !c.is_alphabetic() && c != '!').to_owned()).collect())
    }

    /// Whether a line is one, whatever its case and the signs and numbers around it.
    pub fn is(&self, line: &str) -> bool {
        let line = line.trim_matches(|c: char| !c.is_alphabetic() && c != '!');
        line.len() <= 120 && self.0.contains(&clean::lower(line))
    }

    /// Whether a word in lower case is one.
    pub fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// All cue words.
#[derive(Debug)]
pub struct Words {
    /// Titles of boxes that list other articles.
    pub related_titles: Whole,
    /// Beginnings of such titles between paragraphs.
    pub box_titles: Prefixes,
    /// What stands before a link to another article.
    pub related_prefixes: Prefixes,
    /// What a caption says about its image.
    pub photo: Anywhere,
    /// What stands before an author's name.
    pub byline_prefixes: Prefixes,
    /// What stands before those who helped an author.
    pub helper_prefixes: Prefixes,
    /// What the class names of elements that name authors hold.
    pub author_classes: Anywhere,
    /// What those of elements hold whose authors are not the article's.
    pub quoted_classes: Anywhere,
    /// What stands before an agency.
    pub credit_prefixes: Prefixes,
    /// What no person's name begins with.
    pub not_names: Prefixes,
    /// ASCII words that no person's name ends with.
    pub not_last_names: FxHashSet<String>,
    /// What stands after a name.
    pub name_suffixes: Vec<String>,
    /// Lines that are no part of an article.
    pub furniture: Whole,
    /// What notices to readers say.
    pub notices: Anywhere,
    /// Notices by their beginning.
    pub notice_prefixes: Prefixes,
    /// What stands before the day of the last change.
    pub modified: Anywhere,
    /// How people are addressed.
    pub honorifics: Prefixes,
    /// What tells that someone speaks.
    pub speech: Anywhere,
    /// Parts of class names of leads.
    pub lead_names: Whole,
    /// Titles of error pages.
    pub error_titles: Prefixes,
    /// Titles of search pages.
    pub search_titles: Prefixes,
    /// What a wall says.
    pub wall: Anywhere,
    /// What addresses bear.
    pub addresses: Addresses,
}

impl Words {
    /// Files the words.
    pub fn new(cues: &Cues) -> Self {
        Self {
            related_titles: Whole::new(&cues.related_titles),
            box_titles: Prefixes::new(&cues.box_titles),
            related_prefixes: Prefixes::new(&cues.related_prefixes),
            photo: Anywhere::new(&cues.photo),
            byline_prefixes: Prefixes::new(&cues.byline_prefixes),
            helper_prefixes: Prefixes::new(&cues.helper_prefixes),
            author_classes: Anywhere::new(&cues.author_classes),
            quoted_classes: Anywhere::new(&cues.quoted_classes),
            credit_prefixes: Prefixes::new(&cues.credit_prefixes),
            not_names: Prefixes::new(&cues.not_names),
            not_last_names: cues.not_names.iter().filter(|word| word.is_ascii()).cloned().collect(),
            name_suffixes: cues.name_suffixes.clone(),
            furniture: Whole::new(&cues.furniture),
            notices: Anywhere::new(&cues.notices),
            notice_prefixes: Prefixes::new(&cues.notices),
            modified: Anywhere::new(&cues.modified_prefixes),
            honorifics: Prefixes::new(&cues.honorifics),
            speech: Anywhere::new(&cues.speech),
            lead_names: Whole::new(&cues.lead_names),
            error_titles: Prefixes::new(&cues.error_titles),
            search_titles: Prefixes::new(&cues.search_titles),
            wall: Anywhere::new(&cues.wall),
            addresses: Addresses::new(cues),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_in_front_goes() {
        let prefixes = Prefixes::new(&["bài".into(), "bài và ảnh:".into(), ">>".into()]);
        assert_eq!(prefixes.without("Bài và ảnh: Thu Trang"), "Thu Trang");
        assert_eq!(prefixes.without("BÀI: Thu Trang"), "Thu Trang");
        assert_eq!(prefixes.without("Bàitay"), "Bàitay");
        assert_eq!(prefixes.without(">> Giá vàng"), "Giá vàng");
    }

    #[test]
    fn a_button_may_carry_a_number() {
        let whole = Whole::new(&["chia sẻ".into(), "lấy link!".into()]);
        assert!(whole.is("Chia sẻ (12)") && whole.is("LẤY LINK!") && !whole.is("Chia sẻ của ông"));
    }
}
