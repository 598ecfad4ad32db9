//! Cuts a block into sentences.

use rustc_hash::FxHashSet;

use crate::text::Text;
use crate::token::{Kind, Token};

/// The sentences of a block, as ranges of tokens.
///
/// A line break ends a sentence, and so does a stop behind which something new begins, with or without a space (`chậm.Hơn nữa`);
/// a stop behind an abbreviation (`TP.HCM`, `Q.1`) does not.
pub(crate) fn sentences(text: &Text, tokens: &[Token], abbreviations: &FxHashSet<Vec<char>>, out: &mut Vec<(usize, usize)>) {
    out.clear();
    let mut start = 0;
    for at in 0..tokens.len() {
        if ends(text, tokens, at, abbreviations) {
            out.push((start, at + 1));
            start = at + 1;
        }
    }
    if start < tokens.len() {
        out.push((start, tokens.len()));
    }
}

fn ends(text: &Text, tokens: &[Token], at: usize, abbreviations: &FxHashSet<Vec<char>>) -> bool {
    let Some(next) = tokens.get(at + 1) else { return true };
    if next.line {
        return true;
    }
    let token = &tokens[at];
    let Kind::Mark(mark @ ('.' | '!' | '?' | '…')) = token.kind else { return false };
    // Closing quotes and brackets belong to the sentence that they close.
    if matches!(next.kind, Kind::Mark('"' | ')' | '.' | '\'' | '…' | '/')) && !next.spaced {
        return false;
    }
    let opens = matches!(next.kind, Kind::Mark('"' | '(' | '-' | '•' | '[' | '+' | '*'));
    let before = at.checked_sub(1).map(|i| &tokens[i]);
    if mark == '.'
        && before.is_some_and(|t| t.is_word() && !token.spaced && abbreviations.contains(&text.chars[t.start as usize..t.end as usize]))
    {
        return false;
    }
    if next.spaced {
        return next.capital || next.is_number() || opens;
    }
    // No space behind the stop: a lost break, if a small letter, a number or a closing mark stands before and a capital behind.
    let small = before.is_some_and(|t| {
        (t.is_word() && !t.upper)
            || t.is_number()
            || matches!(t.kind, Kind::Mark(')' | '"' | '%' | '.'))
            || (t.is_word() && t.end - t.start > 3)
    });
    small && (next.capital && next.is_word() || opens)
}
