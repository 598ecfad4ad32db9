//! Cuts a block into sentences.

use rustc_hash::FxHashSet;

use crate::text::Text;
use crate::token::{Kind, Token};

/// Tokens of the longest sentence that is read in one piece.
const LONGEST: usize = 200;

/// The sentences of a block, as ranges of tokens.
///
/// A line break ends a sentence, also one that was lost (`đồngNgày`), and so does a stop behind which something new begins, with or
/// without a space (`chậm.Hơn nữa`); a stop behind an abbreviation (`TP.HCM`, `Q.1`) does not.
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
    if out.iter().any(|(start, end)| end - start > LONGEST) {
        let whole = std::mem::take(out);
        out.extend(whole.into_iter().flat_map(|range| cut(tokens, range)));
    }
}

/// A sentence in pieces of bounded length, cut behind semicolons, else commas, else anywhere.
///
/// What is longer is a list or a text that lost its stops; without a bound every step that looks around in its sentence would cost its square.
fn cut(tokens: &[Token], (mut start, end): (usize, usize)) -> Vec<(usize, usize)> {
    let mut pieces = Vec::new();
    while end - start > LONGEST {
        let window = start + LONGEST / 2..start + LONGEST;
        let last = |mark: char| window.clone().rev().find(|at| tokens[*at].is(mark) && tokens.get(at + 1).is_none_or(|next| next.spaced));
        let at = last(';').or_else(|| last(',')).unwrap_or(start + LONGEST - 1);
        pieces.push((start, at + 1));
        start = at + 1;
    }
    pieces.push((start, end));
    pieces
}

fn ends(text: &Text, tokens: &[Token], at: usize, abbreviations: &FxHashSet<Vec<char>>) -> bool {
    let Some(next) = tokens.get(at + 1) else { return true };
    if next.line {
        return true;
    }
    let token = &tokens[at];
    if token.is_word() && next.is_word() && !next.spaced && next.capital {
        return true;
    }
    let Kind::Mark(mark @ ('.' | '!' | '?' | '…')) = token.kind else { return false };
    // Closing quotes and brackets belong to the sentence that they close; one that a capital follows at once opens the next one
    // (`khó bán."Mình nghĩ …`).
    let quotes = || next.is('"') && tokens.get(at + 2).is_some_and(|word| word.is_word() && word.capital && !word.spaced);
    if matches!(next.kind, Kind::Mark('"' | ')' | '.' | '\'' | '…' | '/')) && !next.spaced && !quotes() {
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
