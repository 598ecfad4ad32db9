//! A first look at a whole text: its years, days, places and habit of separators.

use jiff::civil::Date;
use knowledge::{CueClass, Knowledge, RegionKind, TimeUnit, UnitKind};
use model::{Article, Block, BlockKind, Period, Status};

use crate::frame::Frame;
use crate::lexicon::{Hit, Hits};
use crate::mark::{Mark, TimeWord, Where, kind};
use crate::period::{Expr, Mention, Role, YearRef};
use crate::place::Place;
use crate::protagonist::Protagonists;
use crate::reader::{Cut, Grammar};
use crate::specialise::Titled;
use crate::statement::shares::called;
use crate::text::Text;
use crate::token::Token;

/// More characters than the longest title.
const LONGEST_TITLE: usize = 180;

/// Characters of a block whose sentences open the text: a text can be one block.
const LONGEST_OPENING: u32 = 600;

/// Words of a plan before its year (`so với kế hoạch được giao`).
const LONGEST_PLAN: usize = 5;

/// Tokens of the longest word of a goal right before its year (`Kế hoạch năm 2015`).
const LONGEST_GOAL: usize = 2;

/// So often a text on companies speaks of their shares.
const TRADED: u32 = 3;

/// What a first look finds.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// Specialisations whose words stand in the title.
    pub(crate) titled: Titled,
    years: Vec<(i16, u32)>,
    /// The latest year in which something began or since which it holds, in a text without a date.
    origin: Option<i16>,
    /// The latest year that a text without a date names for its plans only.
    planned: Option<i16>,
    /// Spans that figures hold in, with how often and how early they are named.
    spans: Vec<(Mention, u32)>,
    day: Option<(i8, i8, Option<i16>)>,
    /// The latest day up to which it counts: month, day and year.
    counted: Option<(i8, i8, YearRef)>,
    /// The latest year that the text compares with.
    compared: Option<i16>,
    /// The latest year whose same span it compares with: the text speaks of a later one.
    same: Option<i16>,
    /// Whether it compares with the quarter before.
    pub(crate) quarterly: bool,
    /// Whether it speaks of this year (`năm nay`).
    this_year: bool,
    /// Provinces and countries.
    places: Vec<Named>,
    /// How often the text points to the province that it is about (`toàn tỉnh`).
    here: u32,
    /// How often it speaks of the markets that close every day.
    pub(crate) sessions: u32,
    /// Whether it speaks of a day as its own (`hôm nay`), and the months of the days that it names.
    today: bool,
    months_of_days: Vec<i8>,
    /// The indicators that ask for a word which it holds.
    pub(crate) asked: Vec<u16>,
    /// The words by which it first calls shares.
    pub(crate) shares: Option<String>,
    /// How often it speaks of shares and bonds, other than in the names of companies.
    securities: u32,
    /// The enterprises that its title names.
    pub(crate) protagonists: Protagonists,
    pub(crate) vietnamese: u32,
    pub(crate) english: u32,
}

/// How often a region is named: in the title, in the opening, anywhere.
#[derive(Debug)]
struct Named {
    region: u16,
    title: u32,
    opening: u32,
    anywhere: u32,
    /// As where something is, and not as a partner (`tại Hungary`, `của Hungary`).
    led: u32,
    /// By its own name, other than in an address (`quận 1, TP.HCM`).
    itself: u32,
    /// As who decides there (`Thủ tướng`).
    offices: u32,
}

impl Survey {
    /// Whether it is about a day of the markets.
    pub(crate) fn is_of_markets(&self) -> bool {
        self.sessions >= 3
    }

    /// Whether it names a day of a month as one that it tells of, or speaks of its own.
    pub(crate) fn names_day_of(&self, month: i8) -> bool {
        self.today || self.months_of_days.contains(&month)
    }

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

    /// Notes the times of a sentence, in which a goal or a forecast begins at `ahead`; a text without a date (`dated`) is of no year that it
    /// only looks ahead to (`dự kiến hoàn thành năm 2023`, `đến năm 2010`).
    fn mentions(&mut self, mentions: &[Mention], hits: &Hits, block: usize, ahead: usize, dated: bool) {
        // (the year of a plan is the one that a text speaks of: `tháng 11 đạt 10,6% so với kế hoạch năm 2020`)
        let of_plan = |mention: &Mention| {
            let from = mention.start.saturating_sub(LONGEST_PLAN);
            (from..mention.start).any(|at| hits.spans((at, mention.start), Mark::Cue(CueClass::Plan)))
        };
        let is_basis = |mention: &&Mention| mention.role == Role::Basis && !of_plan(mention);
        let quarter = |mention: &Mention| mention.role == Role::Basis && mention.expr == Expr::Relative(TimeUnit::Quarter, -1);
        self.quarterly |= mentions.iter().any(quarter);
        self.this_year |= mentions.iter().any(|mention| mention.expr == Expr::Relative(TimeUnit::Year, 0));
        self.same = mentions
            .iter()
            .filter_map(|mention| if let Expr::Same(YearRef::Named(year)) = mention.expr { Some(year) } else { None })
            .chain(self.same)
            .max();
        self.compared = mentions
            .iter()
            .filter(|mention| is_basis(mention) || matches!(mention.expr, Expr::Same(_)))
            .filter_map(|mention| mention.expr.year())
            .chain(self.compared)
            .max();
        let basis = mentions.iter().filter(is_basis).filter_map(|mention| mention.expr.year()).max();
        self.same = compared_by_current(mentions, basis).into_iter().chain(self.same).max();
        for mention in mentions.iter().filter(|mention| mention.role == Role::Own && !matches!(mention.expr, Expr::Same(_))) {
            let to_come = !dated
                && (matches!(mention.expr, Expr::Year(_)) && mention.until
                    || matches!(mention.expr, Expr::Year(_) | Expr::YearEnd(_)) && mention.start > ahead + LONGEST_GOAL);
            if mention.carries_on()
                && !to_come
                && !matches!(
                    mention.expr,
                    Expr::Day(..) | Expr::Now | Expr::Relative(..) | Expr::PartOfMonth(..) | Expr::MiddleOfMonth(..) | Expr::YearStart(_)
                )
            {
                let weight = if block < 2 { 3 } else { 1 };
                match self.spans.iter_mut().find(|(known, _)| known.expr == mention.expr) {
                    Some((_, count)) => *count += weight,
                    None => self.spans.push((*mention, weight)),
                }
            }
            // (`đến năm 2030`, `giai đoạn 2026-2030`, `dự kiến vào năm 2030` are no years that the text is of)
            let of_text = !mention.until && mention.start < ahead && !matches!(mention.expr, Expr::Years(..));
            if let (Expr::Day(day, Some(month), year), true) = (mention.expr, mention.until && mention.start < ahead)
                && self.counted.is_none_or(|(known, _, _)| known <= month)
            {
                self.counted = Some((month, day, year));
            }
            match mention.expr {
                Expr::Day(_, Some(month), _) if !self.months_of_days.contains(&month) => self.months_of_days.push(month),
                Expr::Relative(TimeUnit::Day, _) | Expr::Shift(0, TimeUnit::Day) | Expr::Weekday(..) => self.today = true,
                _ => {}
            }
            let year = mention.expr.year().filter(|_| of_text);
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
        // (`Fed` is named in texts about any place)
        for (index, place) in places.iter().enumerate().filter(|(_, place)| !(place.office && place.abroad)) {
            let at = if let Some(at) = self.places.iter().position(|named| named.region == place.region) {
                at
            } else {
                self.places.push(Named { region: place.region, title: 0, opening: 0, anywhere: 0, led: 0, itself: 0, offices: 0 });
                self.places.len() - 1
            };
            // `quận Bình Thạnh - TP.HCM` names one place.
            let address = index > 0 && places[index - 1].region == place.region && places[index - 1].end + 2 >= place.start;
            let named = &mut self.places[at];
            if address {
                continue;
            }
            named.title += u32::from(title);
            named.opening += u32::from(opening);
            named.anywhere += 1;
            named.led += u32::from(place.led);
            named.itself += u32::from(place.whole);
            named.offices += u32::from(place.office);
        }
    }

    /// The span that the text is about.
    pub(crate) fn main_span(&self) -> Option<Mention> {
        let (mention, weight) = self.spans.iter().rev().max_by_key(|(_, weight)| *weight)?;
        (*weight >= 3).then_some(*mention)
    }

    /// Spans of the year that the text reports on.
    pub(crate) fn reported(&self) -> impl Iterator<Item = &Mention> {
        let reports = |expr: Expr| matches!(expr, Expr::FirstMonths(..) | Expr::Quarter(..) | Expr::Half(..));
        self.spans.iter().map(|(mention, _)| mention).filter(move |mention| reports(mention.expr))
    }

    /// The last day of the months of a year that a text without a date reports on, of the year where it names none.
    pub(crate) fn last_month(&self, year: i16) -> Date {
        let of_year = |named: YearRef| matches!(named, YearRef::Unstated | YearRef::Offset(0)) || named == YearRef::Named(year);
        let months = self.spans.iter().filter_map(|(mention, _)| match mention.expr {
            Expr::FirstMonths(months, named) if of_year(named) => Some(months),
            _ => None,
        });
        let month = months.max().map(|month| jiff::civil::date(year, month, 1).last_of_month());
        let day = self.counted.filter(|(_, _, named)| of_year(*named)).and_then(|(month, day, _)| Date::new(year, month, day).ok());
        month.max(day).unwrap_or(jiff::civil::date(year, 12, 31))
    }

    /// The latest year that the text's dates name about as often as any other.
    pub(crate) fn main_year(&self) -> Option<i16> {
        // A text that only says what it compares with speaks of the year after.
        let most = self.years.iter().map(|(_, count)| *count).max().unwrap_or_default();
        let named = self.years.iter().filter(|(_, count)| *count * 2 >= most).map(|(year, _)| *year).max();
        let named = self.not_before_origin(named);
        let after = |year: Option<i16>| year.map(|year| year + 1);
        // (`nâng sản lượng lên 800.000 tấn vào năm 2010` beside `so với cùng kỳ năm 2003`: named once and later, it is to come)
        let once = |year: &i16| self.years.iter().any(|(known, count)| known == year && *count == 1);
        let named = named.filter(|year| !(self.same.is_some_and(|same| same + 1 < *year) && once(year)));
        // `năm nay … so với năm 2023` is the year after.
        named.max(after(self.same)).max(after(self.compared.filter(|_| self.this_year))).or(after(self.compared)).or(self.planned)
    }

    /// The year of which a text without a date tells, where none of its times is of the one it is written in (`Năm 2020, thu đạt …. Năm
    /// ngoái, lượng hàng giảm so với năm 2019`).
    pub(crate) fn year_told(&self) -> Option<Period> {
        let tells = |year: i16| self.years.iter().any(|(known, _)| *known == year);
        self.main_year().filter(|year| !tells(*year) && !self.this_year && tells(year - 1)).map(|year| Period::Year(year - 1))
    }

    /// The year that a text speaks of is none before that since which something holds.
    fn not_before_origin(&self, year: Option<i16>) -> Option<i16> {
        year.map(|year| self.origin.map_or(year, |origin| origin.max(year)))
    }

    /// The day on which the text seems to be published: the first day that it names, in the latest year it speaks of.
    pub(crate) fn published(&self, rendered: Option<Date>) -> Option<Date> {
        let (day, month, named) = self.day?;
        let latest = self.years.iter().map(|(year, _)| *year).filter(|year| rendered.is_none_or(|at| *year <= at.year())).max();
        let latest = self.not_before_origin(latest).max(self.same.map(|year| year + 1)).or(self.compared.map(|year| year + 1));
        Date::new(named.or(latest)?, month, day).ok().filter(|date| rendered.is_none_or(|at| *date <= at))
    }

    /// Whether a text about a country abroad names Vietnam half as often: what is traded is then traded between the two.
    pub(crate) fn is_of_two(&self, known: &Knowledge, abroad: u16) -> bool {
        let named = |of: &dyn Fn(&Named) -> bool| self.places.iter().filter(|named| of(named)).map(|named| named.anywhere).sum::<u32>();
        2 * named(&|named| known.regions.all()[named.region as usize].id == "VN") >= named(&|named| named.region == abroad)
    }

    /// The province or country that the article is about.
    pub(crate) fn main_place(&self, known: &Knowledge, article: &Article) -> Option<u16> {
        let regions = known.regions.all();
        let kind = |named: &&Named| regions[named.region as usize].kind;
        let provinces = || self.places.iter().filter(|named| kind(named) == RegionKind::Province);
        let titled: Vec<_> = provinces().filter(|named| named.title > 0).collect();
        if let [named] = titled[..] {
            return Some(named.region);
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
        let nation: u32 = self.places.iter().filter(|named| regions[named.region as usize].id == "VN").map(|named| named.anywhere).sum();
        let total: u32 = self.places.iter().map(|named| named.anywhere).sum();
        let most = |named: &&Named| (named.anywhere, std::cmp::Reverse(named.region));
        // (a report of the markets is one of the country's, wherever it quotes a price)
        let Some(first) = provinces().max_by_key(most).filter(|_| !self.is_of_markets()) else {
            // `Hungary thu hút …`: a text about one country abroad, which it names as a place and not as a partner.
            let abroad = self.places.iter().filter(|named| kind(named) == RegionKind::Country).max_by_key(most)?;
            return (abroad.anywhere > nation && abroad.led >= 2 && abroad.opening > 0 && 2 * abroad.anywhere > total)
                .then_some(abroad.region);
        };
        // (countries that it trades with are no rivals)
        let local: u32 = provinces().map(|named| named.anywhere).sum();
        let often = first.opening > 0 && first.anywhere >= 2 && 2 * first.anywhere > local;
        let here =
            self.here > 0 && first.itself > 0 && provinces().all(|named| named.region == first.region || named.itself < first.itself);
        // The only place of a text is its own, if nothing merely happens there (`tại Hà Nội`); who decides for the country (`Thủ tướng`) is none.
        let offices: u32 = self.places.iter().filter(|named| named.region != first.region).map(|named| named.offices).sum();
        let alone =
            !self.is_of_markets() && first.opening > 0 && first.anywhere + offices == total && first.itself == total && first.led == 0;
        // (a company whose shares are traded is none of the province where it, its plant or another of its kind is)
        let named = self.securities < TRADED && (first.anywhere > 2 * nation && often || alone);
        // (who says `trên địa bàn tỉnh` has one in mind, however often the country is named)
        (named || first.anywhere >= nation && here).then_some(first.region)
    }
}

/// The year before now, as far as a sentence tells it: what a time without a year is compared with (`trong quý I, thấp hơn mức 9,6% của
/// quý I/2004`), a year later where that time is the year past (`năm vừa qua … tăng 25% so với 2003`).
fn compared_by_current(mentions: &[Mention], basis: Option<i16>) -> Option<i16> {
    let own = || mentions.iter().filter(|mention| mention.role == Role::Own);
    let part = |expr: Expr| match expr {
        Expr::Quarter(_, year) | Expr::Month(_, year) | Expr::FirstMonths(_, year) | Expr::Half(_, year) => year == YearRef::Unstated,
        _ => false,
    };
    let unstated = own().find(|mention| part(mention.expr));
    // `quý I chỉ đạt 8,5%, thấp hơn mức 9,6% của quý I/2004`: the same part of a stated year.
    let again = own().filter(|mention| unstated.is_some_and(|first| first.expr.in_year(mention.expr) == mention.expr));
    // `nửa đầu năm nay cao hơn cùng kỳ 4 năm trước (2001 tăng …; 2002 tăng …)`: years under what is compared with.
    let same = mentions.iter().find(|mention| matches!(mention.expr, Expr::Same(_)));
    let under = |mention: &&Mention| matches!(mention.expr, Expr::Year(_)) && same.is_some_and(|same| same.end < mention.start);
    let listed = if own().filter(under).count() > 1 { own().filter(under).filter_map(|mention| mention.expr.year()).max() } else { None };
    let before = again.filter_map(|mention| mention.expr.year()).max().max(listed);
    let stated = own().any(|mention| mention.expr.year().is_some());
    let past = own().any(|mention| mention.expr == Expr::Relative(TimeUnit::Year, -1));
    let past_year = own().any(|mention| mention.expr == Expr::PastYear);
    let basis = basis.filter(|_| !stated && (past || past_year || unstated.is_some())).map(|basis| basis + i16::from(past));
    before.max(basis)
}

/// `công ty cổ phần An Phát`: whether a word for shares only stands in the name of a company.
fn names_company(hits: &Hits, at: usize) -> bool {
    let ends = |start: usize| {
        hits.at(start).iter().any(|hit| hit.end as usize == at && matches!(hit.mark, Mark::Elsewhere(_) | Mark::Cue(CueClass::Narrow)))
    };
    (at.saturating_sub(3)..at).any(ends)
}

/// Whether a block is the title; a text without one begins with a paragraph.
fn is_head(block: &Block, index: usize, text: &Text) -> bool {
    block.kind == BlockKind::Title || index == 0 && text.chars.len() <= LONGEST_TITLE
}

impl Grammar<'_> {
    /// A first look at the whole text: its years, days, places and habit of separators.
    pub(crate) fn survey(&self, article: &Article, cuts: &[Cut], frame: &mut Frame) -> Survey {
        let mut survey = Survey::default();
        let known = self.known();
        for (index, (block, cut)) in article.blocks.iter().zip(cuts).enumerate() {
            if block.span.is_none() || block.kind == BlockKind::Related {
                continue;
            }
            let Cut { text, tokens, hits, sentences, .. } = cut;
            for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.is_number()) {
                survey.separators(text, token, tokens.get(at + 1));
            }
            for hit in (0..tokens.len()).filter(|token| hits.has(*token, kind::SURVEYED)).flat_map(|token| hits.at(token)) {
                match hit.mark {
                    Mark::Here => survey.here += 1,
                    Mark::Session if hits.at(hit.start as usize).iter().all(|hit| hit.mark != Mark::Assembly) => survey.sessions += 1,
                    Mark::Asked(index) if !survey.asked.contains(&index) => survey.asked.push(index),
                    Mark::Security => {
                        survey.securities += u32::from(!names_company(hits, hit.start as usize));
                        let first = survey.shares.take();
                        survey.shares = first.or_else(|| called(text, tokens, hits, hit.start as usize, hit.end as usize));
                    }
                    Mark::Beside(number, Where::Before) if block.kind == BlockKind::Title => survey.titled.note(number),
                    _ => {}
                }
            }
            if is_head(block, index, text) {
                survey.protagonists.title(text, tokens, hits);
            }
            survey.protagonists.count(text, tokens);
            for range in sentences {
                frame.clear(*range);
                frame.mentions.extend_from_slice(cut.mentions(*range));
                frame.set_documents_aside(tokens, hits);
                frame.set_records_aside(tokens, hits);
                // (`gấp 2 lần năm 2018`)
                let times = |hit: &Hit| matches!(hit.mark, Mark::Unit(unit) if known.units.units[unit as usize].kind == UnitKind::Times);
                frame.mentions.retain(|mention| mention.start == range.0 || !hits.at(mention.start - 1).iter().any(times));
                // (`từ 29/12`: a day from which something holds is no day of publication)
                let begins = |mention: &Mention| {
                    matches!(mention.expr, Expr::Day(..))
                        && hits.is(mention.start, Mark::Time(TimeWord::From))
                        && tokens.get(mention.start + 1).is_some_and(Token::is_number)
                };
                frame.mentions.retain(|mention| !begins(mention));
                let goal = |hit: &Hit| matches!(hit.mark, Mark::Status(Status::Target | Status::Forecast, _));
                let ahead = (range.0..range.1).find(|at| hits.has(*at, kind::STATUS) && hits.at(*at).iter().any(goal)).unwrap_or(range.1);
                // (a title tells what the text is of: `10 dự án khởi công năm 2020`)
                if article.published.is_none() && !is_head(block, index, text) {
                    survey.origin = survey.origin.max(frame.set_origins_aside(hits, ahead));
                }
                if article.published.is_none() {
                    survey.planned = frame.set_plan_aside(tokens, hits, ahead).max(survey.planned);
                }
                survey.mentions(&frame.mentions, hits, index, ahead, article.published.is_some());
                self.places().find(self.known(), text, tokens, hits, *range, &[], &mut frame.places);
                let opening = index < 3 && tokens[range.0].start < LONGEST_OPENING;
                survey.places(&frame.places, is_head(block, index, text), opening);
            }
        }
        survey
    }
}
