//! Spellings with words exchanged for their synonyms.

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashSet;

/// The variants of names by the words that stand for each other, without those that some entry lists itself.
#[derive(Debug)]
pub(crate) struct Synonyms<'k> {
    groups: &'k [Vec<String>],
    /// Finds the words of all groups in small letters; none where there are none.
    words: Option<AhoCorasick>,
    /// Group and place in it of each of the automaton's words.
    places: Vec<(usize, usize)>,
    listed: FxHashSet<String>,
}

impl<'k> Synonyms<'k> {
    pub(crate) fn new<'s>(groups: &'k [Vec<String>], listed: impl Iterator<Item = &'s String>) -> Self {
        let places = groups.iter().enumerate().flat_map(|(group, words)| (0..words.len()).map(move |at| (group, at))).collect();
        Self {
            groups,
            words: AhoCorasick::new(groups.iter().flatten().map(|word| word.to_lowercase())).ok(),
            places,
            listed: listed.map(|spelling| spelling.to_lowercase()).collect(),
        }
    }

    /// The spellings that a spelling stands for besides itself.
    pub(crate) fn of(&self, spelling: &str) -> Vec<String> {
        let mut variants = Vec::new();
        let folded = spelling.to_lowercase();
        // (letters whose small form is longer would shift the places)
        let Some(words) = self.words.as_ref().filter(|_| folded.len() == spelling.len()) else { return variants };
        for found in words.find_overlapping_iter(&folded) {
            let (group, at) = self.places[found.pattern().as_usize()];
            let Some((before, behind)) = spelling.get(..found.start()).zip(spelling.get(found.end()..)) else { continue };
            let edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
            if edge(before.chars().next_back()) && edge(behind.chars().next()) {
                let others = self.groups[group].iter().enumerate().filter(|(other, _)| *other != at);
                variants.extend(others.map(|(_, other)| format!("{before}{other}{behind}")));
            }
        }
        variants.retain(|variant| !self.listed.contains(&variant.to_lowercase()));
        variants
    }
}

#[cfg(test)]
mod tests {
    use super::Synonyms;

    fn of(spelling: &str, listed: &[&str]) -> Vec<String> {
        let groups = [vec!["xuất khẩu".to_owned(), "XK".to_owned()], vec!["doanh nghiệp".to_owned(), "DN".to_owned()]];
        let listed: Vec<String> = listed.iter().map(|&name| name.to_owned()).collect();
        Synonyms::new(&groups, listed.iter()).of(spelling)
    }

    #[test]
    fn whole_words_are_exchanged() {
        assert_eq!(of("Kim ngạch xuất khẩu", &[]), ["Kim ngạch XK"]);
        assert_eq!(of("số DN", &[]), ["số doanh nghiệp"]);
        assert!(of("ADN của XKLĐ", &[]).is_empty());
    }

    #[test]
    fn a_name_that_an_entry_lists_is_that_entrys() {
        assert!(of("Kim ngạch xuất khẩu", &["kim ngạch XK"]).is_empty());
    }
}
