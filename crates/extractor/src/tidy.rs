//! What a page prints among an article's paragraphs and is not one: repeated titles, links to other articles, buttons, signatures.

use knowledge::Cues;
use model::BlockKind;

use crate::names;
use crate::walk::Piece;

/// The article's own pieces, and what its last lines say of who wrote it.
#[derive(Default)]
pub struct Tidied {
    /// The pieces.
    pub pieces: Vec<Piece>,
    /// Lines that sign the article.
    pub signatures: Vec<String>,
}

/// Sorts out the pieces of a body.
pub fn tidy(pieces: Vec<Piece>, title: Option<&str>, lead: Option<&str>, cues: &Cues) -> Tidied {
    let mut pieces = without_head(pieces, title, lead);
    mark_related(&mut pieces, cues);
    cut_tail(&mut pieces, cues);
    pieces.retain(|piece| !is_furniture(piece, cues));
    mark_captions(&mut pieces, cues);
    let signatures = mark_signatures(&mut pieces, cues);
    Tidied { pieces, signatures }
}

/// Without the title and the lead, which have fields of their own.
fn without_head(mut pieces: Vec<Piece>, title: Option<&str>, lead: Option<&str>) -> Vec<Piece> {
    let mut index = 0;
    pieces.retain(|piece| {
        index += 1;
        let head = index <= 12;
        let same = |field: Option<&str>| field.is_some_and(|field| folded(field) == folded(&piece.text));
        !(head && piece.kind != BlockKind::Table && (same(title) || same(lead)))
    });
    pieces
}

/// Letters and digits only, in lower case: what two prints of one sentence share.
pub fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Links to other articles: a paragraph that is one link, or a link behind `Xem thêm:`.
fn mark_related(pieces: &mut [Piece], cues: &Cues) {
    for at in 0..pieces.len() {
        let piece = &pieces[at];
        if !matches!(piece.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::ListItem | BlockKind::Quote) || piece.linked == 0 {
            continue;
        }
        let density = piece.link_density();
        let prefixed = cues.related_prefixes.iter().any(|prefix| names::after_prefix(&piece.text, prefix).is_some());
        let whole = density > 0.95 && piece.chars > 14;
        let listed = piece.kind == BlockKind::ListItem && !alone_in_list(pieces, at);
        if prefixed && density > 0.5 || whole && !listed {
            pieces[at].kind = BlockKind::Related;
        }
    }
}

/// Whether the other items of a list are links as well, as in a list of articles.
fn alone_in_list(pieces: &[Piece], at: usize) -> bool {
    let neighbour = |at: Option<usize>| at.and_then(|at| pieces.get(at)).filter(|piece| piece.kind == BlockKind::ListItem);
    [neighbour(at.checked_sub(1)), neighbour(Some(at + 1))].into_iter().flatten().all(|piece| piece.link_density() > 0.95)
}

/// A box of other articles behind its title ends the article, if nothing but headlines follows.
fn cut_tail(pieces: &mut Vec<Piece>, cues: &Cues) {
    let Some(at) = (0..pieces.len()).find(|at| is_related_title(&pieces[*at], cues) && only_headlines(&pieces[at + 1..])) else {
        pieces.retain(|piece| !is_related_title(piece, cues));
        return;
    };
    pieces.remove(at);
    for piece in &mut pieces[at..] {
        piece.kind = BlockKind::Related;
    }
    pieces.retain(|piece| piece.kind != BlockKind::Related || piece.chars > 12);
}

/// Whether a piece is the title of a box of other articles, and nothing else.
fn is_related_title(piece: &Piece, cues: &Cues) -> bool {
    if piece.chars > 40 || piece.kind == BlockKind::Table {
        return false;
    }
    let text = piece.text.to_lowercase();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    cues.related_titles.iter().any(|title| text == title)
}

fn only_headlines(pieces: &[Piece]) -> bool {
    let prose = pieces.iter().filter(|piece| piece.chars > 200 && piece.linked * 2 < piece.chars).count();
    prose == 0
}

/// Buttons, labels and notices.
fn is_furniture(piece: &Piece, cues: &Cues) -> bool {
    if piece.chars > 60 || matches!(piece.kind, BlockKind::Related | BlockKind::Table | BlockKind::Caption) {
        return false;
    }
    let text = piece.text.to_lowercase();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '!');
    cues.furniture.iter().any(|line| text == line)
}

/// Captions that are set as paragraphs: beside an image, and slanted, centred or with a photographer.
fn mark_captions(pieces: &mut [Piece], cues: &Cues) {
    for at in 0..pieces.len() {
        let piece = &pieces[at];
        if piece.kind != BlockKind::Paragraph || piece.chars > 300 {
            continue;
        }
        let credited = names_photo(&piece.text, cues);
        let beside = piece.image.is_some();
        if beside && (credited || piece.slanted || piece.centred && piece.chars < 220) || credited && (piece.slanted || piece.centred) {
            pieces[at].kind = BlockKind::Caption;
        }
    }
}

/// Whether a line says whose photograph it describes.
pub fn names_photo(text: &str, cues: &Cues) -> bool {
    let lower = text.to_lowercase();
    cues.photo.iter().any(|cue| lower.match_indices(cue.as_str()).any(|(at, _)| !lower[..at].ends_with(char::is_alphanumeric)))
}

/// The last lines that name authors or a source.
fn mark_signatures(pieces: &mut [Piece], cues: &Cues) -> Vec<String> {
    let mut signatures = Vec::new();
    let mut looked = 0;
    for piece in pieces.iter_mut().rev() {
        if matches!(piece.kind, BlockKind::Related | BlockKind::Caption | BlockKind::Byline) {
            continue;
        }
        looked += 1;
        if looked > 3 || !matches!(piece.kind, BlockKind::Paragraph | BlockKind::Heading) || piece.chars > 120 || piece.marked {
            break;
        }
        let shaped = piece.right || piece.bold || piece.slanted;
        let named = names::is_signature(&piece.text, cues);
        let source = is_source(&piece.text, cues);
        let capitals = piece.text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        if named && (shaped || capitals || piece.chars < 24) || source || piece.right && piece.chars < 60 {
            piece.kind = BlockKind::Byline;
            signatures.push(piece.text.clone());
        }
    }
    signatures.reverse();
    signatures
}

/// Whether a line credits a source: `Nguồn: …`, `Theo Bnews`.
fn is_source(text: &str, cues: &Cues) -> bool {
    cues.credit_prefixes.iter().any(|prefix| {
        names::after_prefix(text, prefix).is_some_and(|rest| {
            let colon = prefix.ends_with(':') || text.chars().nth(prefix.chars().count()) == Some(':');
            !rest.is_empty() && !text.ends_with('.') && (colon || text.chars().count() < 40)
        })
    })
}
