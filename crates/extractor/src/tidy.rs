//! What a page prints among an article's paragraphs and is not one: repeated titles, links to other articles, buttons, signatures.

use model::BlockKind;

use crate::walk::Piece;
use crate::words::Words;
use crate::{boxes, clean, names};

/// Characters that no two paragraphs side by side share by chance.
const LONG: usize = 40;

/// Pieces at the beginning, among which the title and the lead are looked for.
const HEAD: usize = 12;

/// The article's own pieces, and what its last lines say of who wrote it.
#[derive(Default)]
pub struct Tidied {
    /// The pieces.
    pub pieces: Vec<Piece>,
    /// Lines that sign the article.
    pub signatures: Vec<String>,
}

/// The host of a page, without its subdomains.
#[derive(Clone, Copy, Debug)]
pub struct Host<'a>(pub &'a str);

impl Host<'_> {
    /// Whether an address lies on the same site: relative, or under the same name.
    fn has(self, href: &str) -> bool {
        let Some((_, rest)) = href.split_once("//") else { return true };
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
        let name = |host: &str| {
            let labels: Vec<&str> =
                host.split('.').filter(|label| !matches!(*label, "www" | "com" | "org" | "gov" | "net" | "co" | "edu")).collect();
            // The label before the country or the kind of domain names the site.
            let country = host.rsplit('.').next().is_some_and(|zone| zone.len() == 2);
            let at = labels.len().saturating_sub(if country { 2 } else { 1 });
            labels.get(at).map(|label| label.to_lowercase())
        };
        self.0.is_empty() || name(host) == name(self.0)
    }
}

/// Sorts out the pieces of a body.
///
/// `host` is the page's own, where the layout is not known: links elsewhere are then no related articles.
pub fn tidy(pieces: Vec<Piece>, title: Option<&str>, lead: Option<&str>, generic: Option<Host<'_>>, words: &Words) -> Tidied {
    let mut pieces = without_head(pieces, title, lead);
    // Slides print their text over the picture and again below it.
    pieces.dedup_by(|again, first| again.chars > LONG && again.text == first.text);
    mark_related(&mut pieces, generic, words);
    boxes::mark_listed(&mut pieces, words);
    pieces.retain(|piece| !is_furniture(piece, words) && !is_invitation(piece, words));
    mark_captions(&mut pieces, words);
    let signatures = mark_signatures(&mut pieces, words);
    if generic.is_some() {
        boxes::without_teasers(&mut pieces, words);
    }
    pieces.retain(|piece| !boxes::is_title(piece, words));
    if generic.is_some() {
        trim(&mut pieces, words);
    }
    Tidied { pieces, signatures }
}

/// Without the title and the lead, which have fields of their own.
fn without_head(mut pieces: Vec<Piece>, title: Option<&str>, lead: Option<&str>) -> Vec<Piece> {
    let fields = [title, lead].map(|field| field.map(|field| (field.len(), folded(field))));
    let mut index = 0;
    pieces.retain(|piece| {
        index += 1;
        let length = piece.text.len();
        let near = |of: usize| of / 5 * 4 <= length && length / 5 * 4 <= of;
        let same = || fields.iter().flatten().any(|(of, field)| near(*of) && *field == folded(&piece.text));
        !(index <= HEAD && piece.kind != BlockKind::Table && same())
    });
    pieces
}

/// Letters and digits only, in lower case: what two prints of one sentence share.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            folded.push(c.to_ascii_lowercase());
        } else if !c.is_ascii() && clean::is_letter_or_digit(c) {
            folded.extend(c.to_lowercase());
        }
    }
    folded
}

/// Links to other articles: a paragraph that is one link, or a link behind `Xem thêm:`.
fn mark_related(pieces: &mut [Piece], generic: Option<Host<'_>>, words: &Words) {
    for at in 0..pieces.len() {
        let piece = &pieces[at];
        if !matches!(piece.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::ListItem | BlockKind::Quote) || piece.linked == 0 {
            continue;
        }
        let density = piece.link_density();
        let prefixed = words.related_prefixes.strip(&piece.text).is_some();
        // A headline has no full stop; a sentence that is all a link is still the article's.
        let sentence = piece.text.trim_end_matches(['”', '"', '’', '\'', ')']).ends_with(['.', '!']) && piece.chars > 50;
        let whole = density > 0.95
            && piece.text.split_whitespace().count() >= 6
            && !sentence
            && piece.href.as_deref().is_none_or(|href| generic.is_none_or(|host| host.has(href)));
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

/// Buttons, labels and notices.
fn is_furniture(piece: &Piece, words: &Words) -> bool {
    if piece.chars > 60 || matches!(piece.kind, BlockKind::Related | BlockKind::Table | BlockKind::Caption) {
        return false;
    }
    words.furniture.is(&piece.text)
}

/// What stands before the first paragraph and after the last on a page whose layout is unknown: kickers, bylines, dates, notices.
pub fn trim(pieces: &mut Vec<Piece>, words: &Words) {
    let is_prose = |piece: &Piece| match piece.kind {
        BlockKind::Paragraph | BlockKind::Quote => piece.chars > 70 || piece.chars > 25 && ends_sentence(&piece.text),
        BlockKind::ListItem => piece.chars > 120 || piece.chars > 40 && ends_sentence(&piece.text),
        BlockKind::Table => true,
        _ => false,
    };
    let first = pieces.iter().position(is_prose).unwrap_or(0);
    let mut index = 0;
    pieces.retain(|piece| {
        index += 1;
        index > first || !is_label(piece, words)
    });
    while let Some(last) =
        pieces.iter().rposition(|piece| !matches!(piece.kind, BlockKind::Caption | BlockKind::Related | BlockKind::Byline))
    {
        if last > 1 && (is_notice(&pieces[last], words) || is_label(&pieces[last], words)) {
            pieces.remove(last);
        } else {
            break;
        }
    }
}

/// A line of the page rather than the article: a kicker, a date, a byline, a link.
fn is_label(piece: &Piece, words: &Words) -> bool {
    if piece.chars > 70 || matches!(piece.kind, BlockKind::Table | BlockKind::Caption | BlockKind::Related) {
        return false;
    }
    let count = piece.text.split_whitespace().count();
    let byline = count < 9 && words.byline_prefixes.strip(&piece.text).is_some();
    let kicker = count <= 3 && !piece.marked && !piece.bold && piece.kind != BlockKind::ListItem && !ends_sentence(&piece.text);
    let updated = || count < 9 && words.modified.all(&clean::lower(&piece.text)).any(|(start, _)| start == 0);
    byline || kicker || piece.link_density() > 0.5 || crate::time::find(&piece.text, None).is_some() || updated()
}

pub fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’', '\'', ')']).ends_with(['.', '!', '?', '…', ':', '。', '！', '？'])
}

/// A notice by its first words: `* Mời bạn đọc vào chuyên mục …`.
fn is_invitation(piece: &Piece, words: &Words) -> bool {
    let text = piece.text.trim_start_matches(|c: char| !c.is_alphanumeric());
    words.notice_prefixes.strip(text).is_some() && is_notice(piece, words)
}

fn is_notice(piece: &Piece, words: &Words) -> bool {
    if piece.chars > 260 || matches!(piece.kind, BlockKind::Related | BlockKind::Table | BlockKind::Caption) {
        return false;
    }
    words.notices.is_in(&clean::lower(&piece.text))
}

/// Captions that are set as paragraphs: beside an image, and slanted, centred or with a photographer.
fn mark_captions(pieces: &mut [Piece], words: &Words) {
    for piece in pieces {
        if !matches!(piece.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Heading) || piece.chars > 400 {
            continue;
        }
        if words.byline_prefixes.strip(&piece.text).is_some() {
            continue;
        }
        if photo_at_end(&piece.text, words) {
            piece.kind = BlockKind::Caption;
            continue;
        }
        let beside = piece.image.is_some();
        if piece.kind != BlockKind::Paragraph || piece.chars > 300 || !(beside || piece.slanted || piece.centred) {
            continue;
        }
        let shaped = piece.slanted || piece.centred && piece.chars < 220;
        if beside && shaped || names_photo(&piece.text, words) {
            piece.kind = BlockKind::Caption;
        }
    }
}

/// Whether a line ends with a photographer's name, and so describes a photograph whatever it looks like.
fn photo_at_end(text: &str, words: &Words) -> bool {
    let tail = text.char_indices().rev().nth(75).map_or(text, |(at, _)| &text[at..]);
    let lower = clean::lower(tail);
    words.photo.all(&lower).any(|(start, end)| {
        let rest = lower[end..].trim_end_matches(['.', ')']);
        rest.len() <= 90 && rest.chars().count() <= 45 && !rest.contains(". ") && !lower[..start].ends_with(char::is_alphanumeric)
    })
}

/// Whether a line says whose photograph it describes.
pub fn names_photo(text: &str, words: &Words) -> bool {
    let lower = clean::lower(text);
    words.photo.all(&lower).any(|(start, _)| !lower[..start].ends_with(char::is_alphanumeric))
}

/// The last lines that name authors or a source.
fn mark_signatures(pieces: &mut [Piece], words: &Words) -> Vec<String> {
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
        let named = names::is_signature(&piece.text, words);
        let source = is_source(&piece.text, words) || names::is_agency(&piece.text, words);
        let capitals = piece.text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let last = looked == 1 && piece.chars < 45;
        let helper = words.helper_prefixes.strip(&piece.text).is_some_and(|(prefix, _)| prefix.ends_with(':')) && piece.chars < 60;
        let day = piece.chars < 25 && crate::time::find(&piece.text, None).is_some();
        if helper || day {
            piece.kind = BlockKind::Byline;
            continue;
        }
        if named && (shaped || capitals || last || piece.chars < 24) || source || piece.right && piece.chars < 60 {
            piece.kind = BlockKind::Byline;
            signatures.push(piece.text.clone());
        }
    }
    signatures.reverse();
    signatures
}

/// Whether a line credits a source: `Nguồn: …`, `Theo Bnews`.
fn is_source(text: &str, words: &Words) -> bool {
    words.credit_prefixes.strip(text).is_some_and(|(prefix, rest)| {
        let colon = prefix.ends_with(':') || text.chars().nth(prefix.chars().count()) == Some(':');
        !rest.is_empty() && !text.ends_with('.') && (colon || text.chars().count() < 40)
    })
}
