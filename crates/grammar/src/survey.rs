//! A first look at a whole text: its years, days, places and habit of separators.

use jiff::civil::Date;
use knowledge::{Knowledge, RegionKind, TimeUnit};
use model::{Article, BlockKind};

use crate::mark::{Mark, Where};
use crate::period::{self, Expr, Mention, Role, YearRef};
use crate::place::Place;
use crate::reader::{Grammar, Scratch};
use crate::text::Text;
use crate::token::Token;

/// What a first look finds.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// Specialisations whose words stand in the title, a bit each.
    pub(crate) titled: u64,
    years: Vec<(i16, u32)>,
    /// Spans that figures hold in, with how often and how early they are named.
    spans: Vec<(Mention, u32)>,
    day: Option<(i8, i8, Option<i16>)>,
    /// The latest year that the text compares with.
    compared: Option<i16>,
    /// The latest year whose same span it compares with: the text speaks of a later one.
    same: Option<i16>,
    /// Whether it speaks of this year (`năm nay`).
    this_year: bool,
    /// Provinces and countries with how often they are named: in the title, in the opening, anywhere.
    places: Vec<(u16, [u32; 3])>,
    pub(crate) vietnamese: u32,
    pub(crate) english: u32,
}

impl Survey {
    fn separators(&mut self, text: &Text, token: &Token, next: Option<&Token>) {
        let chars = &text.chars[token.start as usize..token.end as usize];
        let percent = next.is_some_and(|next| next.start == token.end && next.is('%'));
        let Some(at) = chars.iter().rposition(|c| matches!(c, ',' | '.')) else { return };
        let after = chars.len() - at - 1;
        let once = chars.iter().filter(|c| matches!(c, ',' | '.')).count() == 1;
        match (chars[at], after, once) {
            (',', 1 | 2, _) => self.vietnamese += 1,
            ('.', 3, true) if !percent => self.vietnamese += 1,
            ('.', 1 | 2, true) if percent => self.english += 1,
            ('.', 1 | 2, false) => self.english += 1,
            _ => {}
        }
    }

    fn mentions(&mut self, mentions: &[Mention], block: usize) {
        self.this_year |= mentions.iter().any(|mention| mention.expr == Expr::Relative(TimeUnit::Year, 0));
        self.same = mentions
            .iter()
            .filter_map(|mention| if let Expr::Same(YearRef::Named(year)) = mention.expr { Some(year) } else { None })
            .chain(self.same)
            .max();
        self.compared = mentions
            .iter()
            .filter(|mention| mention.role == Role::Basis || matches!(mention.expr, Expr::Same(_)))
            .filter_map(|mention| mention.expr.year())
            .chain(self.compared)
            .max();
        for mention in mentions.iter().filter(|mention| mention.role == Role::Own && !matches!(mention.expr, Expr::Same(_))) {
            if mention.carries_on()
                && !matches!(mention.expr, Expr::Day(..) | Expr::Now | Expr::Relative(..) | Expr::PartOfMonth(..) | Expr::YearStart(_))
            {
                let weight = if block < 2 { 3 } else { 1 };
                match self.spans.iter_mut().find(|(known, _)| known.expr == mention.expr) {
                    Some((_, count)) => *count += weight,
                    None => self.spans.push((*mention, weight)),
                }
            }
            // (`đến năm 2030` is a goal's year)
            let year = mention.expr.year().filter(|_| !mention.until);
            if let Some(year) = year {
                match self.years.iter_mut().find(|(known, _)| *known == year) {
                    Some((_, count)) => *count += 1,
                    None => self.years.push((year, 1)),
                }
            }
            if let (Expr::Day(day, Some(month), year), None, true) = (mention.expr, self.day, block < 8) {
                let named = if let YearRef::Named(year) = year { Some(year) } else { None };
                self.day = Some((day, month, named));
            }
        }
    }

    fn places(&mut self, places: &[Place], title: bool, opening: bool) {
        for place in places {
            let at = if let Some(at) = self.places.iter().position(|(region, _)| *region == place.region) {
                at
            } else {
                self.places.push((place.region, [0; 3]));
                self.places.len() - 1
            };
            let counts = &mut self.places[at].1;
            counts[0] += u32::from(title);
            counts[1] += u32::from(opening);
            counts[2] += 1;
        }
    }

    /// The span that the text is about.
    pub(crate) fn main_span(&self) -> Option<Mention> {
        let (mention, weight) = self.spans.iter().rev().max_by_key(|(_, weight)| *weight)?;
        (*weight >= 3).then_some(*mention)
    }

    /// The latest year that the text's dates name about as often as any other.
    pub(crate) fn main_year(&self) -> Option<i16> {
        // A text that only says what it compares with speaks of the year after.
        let most = self.years.iter().map(|(_, count)| *count).max().unwrap_or_default();
        let named = self.years.iter().filter(|(_, count)| *count * 2 >= most).map(|(year, _)| *year).max();
        let after = |year: Option<i16>| year.map(|year| year + 1);
        // `năm nay … so với năm 2023` is the year after.
        named.max(after(self.same)).max(after(self.compared.filter(|_| self.this_year))).or(after(self.compared))
    }

    /// The day on which the text seems to be published: the first day that it names, in the latest year it speaks of.
    pub(crate) fn published(&self, rendered: Option<Date>) -> Option<Date> {
        let (day, month, named) = self.day?;
        let latest = self
            .years
            .iter()
            .map(|(year, _)| *year)
            .filter(|year| rendered.is_none_or(|at| *year <= at.year()))
            .max()
            .max(self.same.map(|year| year + 1))
            .or(self.compared.map(|year| year + 1));
        Date::new(named.or(latest)?, month, day).ok().filter(|date| rendered.is_none_or(|at| *date <= at))
    }

    /// The province or country that the article is about.
    pub(crate) fn main_place(&self, known: &Knowledge, article: &Article) -> Option<u16> {
        let regions = known.regions.all();
        let is_province = |region: u16| regions[region as usize].kind == RegionKind::Province;
        let titled: Vec<_> = self.places.iter().filter(|(region, counts)| counts[0] > 0 && is_province(*region)).collect();
        if let [(region, _)] = titled[..] {
            return Some(*region);
        }
        if let Some(id) = &article.publisher_region
            && let Some(at) = regions.iter().position(|region| region.id == *id)
        {
            return Some(at as u16);
        }
        if !titled.is_empty() {
            return None;
        }
        // A text that speaks of the whole country as often is about that, unless its title names a province.
        let nation: u32 = self.places.iter().filter(|(region, _)| regions[*region as usize].id == "VN").map(|(_, counts)| counts[2]).sum();
        let total: u32 = self.places.iter().map(|(_, counts)| counts[2]).sum();
        let (region, counts) = self
            .places
            .iter()
            .filter(|(region, _)| is_province(*region))
            .max_by_key(|(region, counts)| (counts[2], std::cmp::Reverse(*region)))?;
        (counts[1] > 0 && counts[2] >= 2 && counts[2] > 2 * nation && 2 * counts[2] > total - nation).then_some(*region)
    }
}

impl Grammar<'_> {
    /// A first look at the whole text: its years, days, places and habit of separators.
    pub(crate) fn survey(&self, article: &Article, scratch: &mut Scratch) -> Survey {
        let mut survey = Survey::default();
        for (index, block) in article.blocks.iter().enumerate() {
            let Some((start, _)) = block.span.filter(|_| block.kind != BlockKind::Related) else { continue };
            scratch.text.set(&block.text, start);
            self.scan(scratch);
            let Scratch { text, tokens, hits, sentences, frame, .. } = scratch;
            for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.is_number()) {
                survey.separators(text, token, tokens.get(at + 1));
            }
            if block.kind == BlockKind::Title {
                for token in 0..tokens.len() {
                    for hit in hits.at(token) {
                        if let Mark::Beside(number @ 0..64, Where::Before) = hit.mark {
                            survey.titled |= 1 << number;
                        }
                    }
                }
            }
            for range in sentences.iter() {
                frame.clear(*range);
                period::parse(text, tokens, hits, *range, &mut frame.mentions);
                survey.mentions(&frame.mentions, index);
                self.places().find(self.known(), text, tokens, hits, *range, &[], &mut frame.places);
                let head = block.kind == BlockKind::Title || index == 0;
                survey.places(&frame.places, head, index < 3);
            }
        }
        survey
    }
}
