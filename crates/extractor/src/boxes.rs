//! Boxes of other articles among the pieces of one: a title such as `Tin liên quan`, and the headlines below it.
//!
//! Where a box ends is told by what follows the title: links, with or without summaries, are listed there;
//! sentences of the article's own are not, be they ever so few.

use model::BlockKind;

use crate::names;
use crate::tidy::ends_sentence;
use crate::walk::Piece;
use crate::words::Words;

/// Fewer characters than this are no headline.
const LEAST_HEADLINE: usize = 12;
/// More are no summary of another article.
const LONGEST_SUMMARY: usize = 300;

/// Whether a piece is the title of a box of other articles, and nothing else.
pub fn is_title(piece: &Piece, words: &Words) -> bool {
    piece.chars <= 40 && piece.kind != BlockKind::Table && words.related_titles.is(&piece.text)
}

/// Marks what boxes list as related; the article may go on behind it.
pub fn mark_listed(pieces: &mut Vec<Piece>, words: &Words) {
    let mut at = 0;
    while at < pieces.len() {
        let listed = if is_title(&pieces[at], words) { listed(&pieces[at + 1..], words) } else { 0 };
        if listed > 0 {
            pieces[at..=at + listed].iter_mut().for_each(|piece| piece.kind = BlockKind::Related);
            // The title goes with what is too short for a headline.
            pieces[at].chars = 0;
        }
        at += listed + 1;
    }
    pieces.retain(|piece| piece.kind != BlockKind::Related || piece.chars > LEAST_HEADLINE);
}

/// How many of the pieces behind a title its box lists.
fn listed(behind: &[Piece], words: &Words) -> usize {
    let (mut end, mut headlines, mut summaries) = (0, 0, 0);
    for (at, piece) in behind.iter().enumerate() {
        if is_headline(piece) {
            headlines += 1;
            end = at + 1;
        } else if is_sentence(piece) {
            // A summary stands below its headline, alone, as all others in the box do.
            let below = at > 0 && is_headline(&behind[at - 1]) && summaries + 1 == headlines;
            let several = headlines > 1 || behind.get(at + 1).is_some_and(is_headline);
            if !(below && several && piece.chars <= LONGEST_SUMMARY) {
                return end;
            }
            summaries += 1;
            end = at + 1;
        } else if is_title(piece, words) || piece.right || piece.kind == BlockKind::Table || names::is_signature(&piece.text, words) {
            return end;
        }
    }
    // Days and sections stand below the last headline as below the others; where nothing is a link, headlines are lines without a stop.
    if headlines > 0 || behind.len() > 1 { behind.len() } else { 0 }
}

fn is_headline(piece: &Piece) -> bool {
    piece.kind == BlockKind::Related || piece.chars > 0 && piece.linked * 2 >= piece.chars
}

fn is_sentence(piece: &Piece) -> bool {
    matches!(piece.kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem) && ends_sentence(&piece.text)
}

/// Leaves out boxes between paragraphs: the title, and the short pieces behind it that are no sentences or are links.
pub fn without_teasers(pieces: &mut Vec<Piece>, words: &Words) {
    let mut inside = 0;
    pieces.retain(|piece| {
        let heads = matches!(piece.kind, BlockKind::Heading | BlockKind::Paragraph)
            && piece.chars <= 60
            && (words.box_titles.strip(&piece.text).is_some() || is_title(piece, words));
        if heads {
            inside = 12;
            return false;
        }
        let teaser = piece.link_density() > 0.6 || piece.chars < 110 && !piece.text.ends_with('.');
        inside = if teaser && inside > 0 { inside - 1 } else { 0 };
        inside == 0
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::walk;

    /// A line of a page: `> ` stands before a link.
    fn piece(line: &str) -> Piece {
        let text = line.trim_start_matches("> ");
        let chars = text.chars().count();
        let linked = if text == line { 0 } else { chars };
        Piece { linked, ..walk::plain(BlockKind::Paragraph, text.to_owned(), chars) }
    }

    #[test]
    fn a_box_ends_where_the_article_goes_on() {
        let words = Words::new(&knowledge::Knowledge::load(None).unwrap().publishers.cues);
        let sentence = "Cả năm, xuất khẩu có thể đạt 405 tỷ USD.";
        let summary = "Các doanh nghiệp đã ký đơn hàng đến hết quý hai.";
        for (lines, want) in [
            (vec!["> Giá gạo xuống thấp nhất sáu năm", sentence], 1),
            (vec!["> Giá gạo xuống thấp nhất sáu năm", "> Cảng biển quá tải dịp cuối năm", sentence], 2),
            (vec!["> Giá gạo xuống thấp nhất sáu năm", summary, "> Cảng biển quá tải dịp cuối năm", summary], 4),
            (vec!["> Giá gạo xuống thấp nhất sáu năm", summary, "> Cảng biển quá tải", summary, sentence], 4),
            (vec!["> Giá gạo xuống thấp nhất sáu năm", "06/03/2026", "> Cảng biển quá tải dịp cuối năm", "05/03/2026"], 4),
            (vec!["> Giá gạo xuống thấp nhất sáu năm", "Lê Thanh"], 1),
            (vec!["Giá gạo xuống thấp nhất sáu năm", "Cảng biển quá tải dịp cuối năm"], 2),
            (vec![sentence, "> Giá gạo xuống thấp nhất sáu năm"], 0),
            (vec!["Lê Thanh"], 0),
            (vec![], 0),
        ] {
            let behind: Vec<Piece> = lines.iter().map(|line| piece(line)).collect();
            assert_eq!(listed(&behind, &words), want, "{lines:?}");
        }
    }
}
