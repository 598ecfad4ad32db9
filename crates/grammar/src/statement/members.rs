//! The members of a list, one for each of the figures that follow `lần lượt` (`sang Mỹ, Đức và Lào lần lượt tăng 5%, 6% và 7%`).

use super::Sentence;
use crate::frame::{Name, Part, What};

/// A member of a list: tokens `start..end`.
type Member = (usize, usize);

impl Sentence<'_> {
    /// The last `count` members of the list in tokens `from..to`: names of the vocabulary, or phrases of one sort. The first ends
    /// at its comma, the others begin behind theirs and may have something beside them (`ngô của tỉnh`).
    pub(super) fn members(&self, from: usize, to: usize, count: usize) -> Option<Vec<Member>> {
        if from >= to {
            return None;
        }
        let depth = self.frame.depth(to - 1);
        let splits =
            |at: &usize| self.frame.depth(*at) == depth && (self.tokens[*at].is(',') || self.tokens[*at].is(';') || self.is_and(*at));
        let splits: Vec<usize> = (from..to).filter(splits).collect();
        let last = &splits[splits.len().checked_sub(count - 1)?..];
        let start = splits[..splits.len() - last.len()].last().map_or(from, |at| at + 1);
        let ends = last.iter().copied().chain([to]);
        let parts = || [start].into_iter().chain(last.iter().map(|at| at + 1)).zip(ends.clone());
        let coded = |(index, (start, end)): (usize, Member)| {
            let name = self.coded().find(|name| if index == 0 { name.end == end } else { name.start == start });
            name.filter(|name| start <= name.start && name.end <= end).map(|name| (name.start, name.end))
        };
        let said = |(index, (start, end)): (usize, Member)| {
            let mut phrases = self.phrases(start, end);
            let phrase = if index == 0 { phrases.last() } else { phrases.next() }?;
            (if index == 0 { phrase.end == end } else { phrase.start == start }).then_some((phrase.start, phrase.end))
        };
        let alike = |members: &Vec<Member>| members.iter().all(|member| self.sort(*member) == self.sort(members[0]));
        let all = |of: &dyn Fn((usize, Member)) -> Option<Member>| parts().enumerate().map(of).collect::<Option<Vec<_>>>();
        all(&coded).or_else(|| all(&said).filter(alike))
    }

    /// Products, industries and partners, alone or inside longer names (`xuất khẩu gạo`).
    fn coded(&self) -> impl Iterator<Item = &Name> {
        self.frame.names.iter().filter(|name| !name.is_subject() && name.what != What::Anaphor).chain(&self.frame.inner)
    }

    /// What the members of one list have in common: they begin with a capital letter or with the same word.
    fn sort(&self, (start, _): Member) -> Option<u32> {
        (self.frame.part(start) != Part::Proper).then(|| self.tokens[start].key)
    }
}
