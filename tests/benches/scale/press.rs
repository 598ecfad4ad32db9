//! A press that never sleeps: articles about the economy, made up by rule, as many as are wanted.
//!
//! What holds in its world follows from hashes alone, so that every article that states a figure states the same one, each
//! rounded in its own way; some misprint it, some copy each other. How much of what is in `shares.toml`. Articles appear at a
//! steady rate, so that more figures are more years, not the same figures more often.

use std::collections::VecDeque;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use knowledge::{Indicator, Kind, Knowledge, RegionKind};
use model::{
    Article, Block, BlockKind, Bound, ComparedWith, Measure, Observation, Period, PeriodFrom, PublishedFrom, Record, Status, When,
};
use rust_decimal::Decimal;

use crate::dice::{Dice, hash};
use crate::shares::{Form, Shares, Weighted};

/// The first day of the press.
const FIRST_DAY: Date = date(2006, 1, 1);
/// Articles that a copy may be of.
const RECENT: usize = 64;

/// Writes articles one after another.
pub struct Press<'k> {
    shares: Shares,
    indicators: Weighted<Topic<'k>>,
    regions: Weighted<Place<'k>>,
    forms: Weighted<Form>,
    products: Vec<(&'k str, &'k str)>,
    partners: Vec<(&'k str, &'k str)>,
    words: Vec<&'k str>,
    recent: VecDeque<Record>,
    written: u64,
}

/// An indicator that is written about.
struct Topic<'k> {
    id: &'k str,
    name: &'k str,
    unit: &'k str,
    print: Print,
    trade: bool,
    amount: bool,
}

/// How amounts of a unit are printed.
#[derive(Clone, Copy)]
struct Print {
    scale: i64,
    words: &'static str,
}

struct Place<'k> {
    id: &'k str,
    name: &'k str,
    size: f64,
}

impl<'k> Press<'k> {
    /// A press that knows the indicators, places and goods of `data/`.
    pub fn new(known: &'k Knowledge) -> Self {
        let shares = Shares::read();
        let topics = known.indicators.iter().filter_map(|indicator| Some((*shares.indicators.get(&indicator.id)?, topic(indicator))));
        let places = known.regions.all().iter().filter(|region| matches!(region.kind, RegionKind::Country | RegionKind::Province));
        let size = |id: &str| shares.regions.get(id).copied().unwrap_or(shares.other_province);
        let places = places.map(|region| (size(&region.id), Place { id: &region.id, name: &region.vi, size: size(&region.id) }));
        let names = known.indicators.iter().map(|indicator| &indicator.vi).chain(known.industries.iter().map(|industry| &industry.vi));
        let mut words: Vec<&str> = names.flat_map(|name| name.split([' ', ',', '(', ')'])).filter(|word| word.len() > 1).collect();
        words.sort_unstable();
        words.dedup();
        Self {
            indicators: Weighted::new(topics),
            regions: Weighted::new(places),
            forms: Weighted::new(shares.forms.iter().map(|(form, weight)| (*weight, *form))),
            products: known.products.iter().map(|product| (product.id.as_str(), product.vi.as_str())).collect(),
            partners: known.partners.iter().map(|partner| (partner.id.as_str(), partner.vi.as_str())).collect(),
            words,
            shares,
            recent: VecDeque::new(),
            written: 0,
        }
    }

    /// Articles until they state so many figures.
    pub fn articles(mut self, figures: usize) -> impl Iterator<Item = Record> {
        let mut stated = 0;
        std::iter::from_fn(move || {
            if stated >= figures {
                return None;
            }
            let record = self.next();
            stated += record.observations.len();
            Some(record)
        })
    }

    fn next(&mut self) -> Record {
        let mut dice = Dice::new(self.written);
        let day = FIRST_DAY.saturating_add(((self.written / self.shares.articles_a_day) as i64).days());
        self.written += 1;
        let publisher = dice.pick(&self.shares.publishers).clone();
        let id = format!("{publisher}-{:016x}", dice.roll());
        if !self.recent.is_empty() && dice.chance(self.shares.copied) {
            return copy(&self.recent[dice.below(self.recent.len())], id, &publisher, day);
        }
        let record = self.article(id, &publisher, day, &mut dice);
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(record.clone());
        record
    }

    fn article(&self, id: String, publisher: &str, day: Date, dice: &mut Dice) -> Record {
        let home = self.regions.draw(dice);
        let about = day.saturating_sub(1.month());
        let mut page = Page::default();
        page.begin(BlockKind::Title, &self.prose(dice, 12));
        page.begin(BlockKind::Lead, &self.prose(dice, 40));
        let wanted = 1 + dice.below(2 * self.shares.figures_an_article - 1);
        while page.figures.len() < wanted {
            let place = if dice.chance(self.shares.elsewhere) { self.regions.draw(dice) } else { home };
            page.begin(BlockKind::Paragraph, "");
            self.state(&mut page, place, about, dice);
            page.say(&self.prose(dice, 22));
        }
        page.into_record(id, publisher, day)
    }

    /// One or two sentences that state something.
    fn state(&self, page: &mut Page, place: &Place<'_>, about: Date, dice: &mut Dice) {
        let topic = self.indicators.draw(dice);
        let (year, month) = (about.year(), about.month());
        match self.forms.draw(dice) {
            Form::ToDate => self.to_date(page, topic, place, (year, month), dice),
            Form::Month => self.month(page, topic, place, (year, month), dice),
            Form::Part => self.part(page, topic, place, (year, month), dice),
            Form::Goal => self.goal(page, topic, place, year, dice),
            Form::Unknown => {
                let number = Number::rounded(1.0 + dice.below(900) as f64, 0, 1, false);
                let said = Said::unknown(place.id);
                page.sentence(|line| line.then("Toàn địa bàn có ").figure(number, " đơn vị", "count", &said).then(" tham gia."));
            }
        }
    }

    /// The months of the year so far, and their growth.
    fn to_date(&self, page: &mut Page, topic: &Topic<'_>, place: &Place<'_>, (year, month): (i16, i8), dice: &mut Dice) {
        let (Some(period), Some(before)) = (Period::months(year, 1, month.into()), Period::months(year - 1, 1, month.into())) else {
            return;
        };
        let status = if dice.chance(0.6) { Status::Estimate } else { Status::Actual };
        let (level, earlier) = (truth(topic, place, year, month), truth(topic, place, year - 1, month));
        let growth = (level / earlier - 1.0) * 100.0;
        let said = Said { period: Some(period), status, ..Said::of(topic, place) };
        let change = Said { measure: Measure::Change, compared_with: Some(ComparedWith::Period(before)), ..said.clone() };
        let (level, growth) = (self.printed(level, topic, dice), Number::rounded(growth, 1 + dice.below(2) as u32, 1, false));
        page.sentence(|line| {
            line.then(&format!("{} {month} tháng năm {year} của {} ước đạt ", topic.name, place.name))
                .figure(level, topic.print.words, topic.unit, &said)
                .then(if growth.is_negative() { ", giảm " } else { ", tăng " })
                .figure(growth, "%", "%", &change)
                .then(" so với cùng kỳ.")
        });
    }

    /// The month alone, against the month before.
    fn month(&self, page: &mut Page, topic: &Topic<'_>, place: &Place<'_>, (year, month): (i16, i8), dice: &mut Dice) {
        let before = if month == 1 { Period::Month(year - 1, 12) } else { Period::Month(year, month - 1) };
        let said = Said { period: Some(Period::Month(year, month)), ..Said::of(topic, place) };
        let change = Said { measure: Measure::Change, compared_with: Some(ComparedWith::Period(before)), ..said.clone() };
        let growth = (hash(&[topic.id, place.id], &[year as u64, month as u64]) % 400) as f64 / 10.0 - 20.0;
        let level = self.printed(truth(topic, place, year, 1) * (1.0 + growth / 100.0), topic, dice);
        let growth = Number::rounded(growth, 1, 1, false);
        page.sentence(|line| {
            line.then(&format!("Riêng tháng {month}, {} đạt ", topic.name))
                .figure(level, topic.print.words, topic.unit, &said)
                .then(" (")
                .figure(growth, "%", "%", &change)
                .then(" so với tháng trước).")
        });
    }

    /// What a product or a partner has of it.
    fn part(&self, page: &mut Page, topic: &Topic<'_>, place: &Place<'_>, (year, month): (i16, i8), dice: &mut Dice) {
        let Some(period) = Period::months(year, 1, month.into()) else { return };
        let mut said = Said { period: Some(period), ..Said::of(topic, place) };
        let name = if topic.trade && dice.chance(0.5) {
            let (id, name) = self.partners[dice.below(self.partners.len())];
            said.partner = Some(id.to_owned());
            name
        } else {
            let (id, name) = self.products[dice.below(self.products.len())];
            said.product = Some(id.to_owned());
            name
        };
        said.breakdown = Some(name.to_owned());
        let share = 1.0 + (hash(&[topic.id, name, place.id], &[]) % 300) as f64 / 10.0;
        let of = Said { measure: Measure::Share, of: Some(topic.id.to_owned()), ..said.clone() };
        let level = self.printed(truth(topic, place, year, month) * share / 100.0, topic, dice);
        page.sentence(|line| {
            line.then(&format!("Trong đó {name} đạt "))
                .figure(level, topic.print.words, topic.unit, &said)
                .then(", chiếm ")
                .figure(Number::rounded(share, 1, 1, false), "%", "%", &of)
                .then(".")
        });
    }

    /// The goal of the year, and how much of it is reached.
    fn goal(&self, page: &mut Page, topic: &Topic<'_>, place: &Place<'_>, year: i16, dice: &mut Dice) {
        let goal = Said { period: Some(Period::Year(year)), status: Status::Target, ..Said::of(topic, place) };
        let reached =
            Said { measure: Measure::Completion, compared_with: Some(ComparedWith::Plan), status: Status::Actual, ..goal.clone() };
        let level = self.printed(truth(topic, place, year, 12) * 1.05, topic, dice);
        let share = Number::rounded(20.0 + dice.below(800) as f64 / 10.0, 1, 1, false);
        page.sentence(|line| {
            line.then(&format!("{} phấn đấu {} năm {year} đạt ", place.name, topic.name))
                .figure(level, topic.print.words, topic.unit, &goal)
                .then("; đến nay đã thực hiện ")
                .figure(share, "%", "%", &reached)
                .then(" kế hoạch.")
        });
    }

    /// An amount as this article rounds it, at times misprinted.
    fn printed(&self, value: f64, topic: &Topic<'_>, dice: &mut Dice) -> Number {
        let value = if dice.chance(self.shares.misprinted) { value * 1.17 } else { value };
        let decimals = if topic.unit == "count" { 0 } else { 1 + dice.below(2) as u32 };
        Number::rounded(value / topic.print.scale as f64, decimals, topic.print.scale, dice.chance(self.shares.rough))
    }

    /// A sentence of so many words that states nothing.
    fn prose(&self, dice: &mut Dice, words: usize) -> String {
        let mut sentence = String::from("Theo");
        for _ in 1..words {
            sentence.push(' ');
            sentence.push_str(self.words[dice.below(self.words.len())]);
        }
        sentence.push('.');
        sentence
    }
}

fn topic(indicator: &Indicator) -> Topic<'_> {
    let unit = indicator.unit.as_deref().unwrap_or("count");
    let amount = matches!(indicator.kind, Kind::Flow | Kind::Stock | Kind::Count);
    let print = match unit {
        "VND" if amount => Print { scale: 1_000_000_000, words: " tỷ đồng" },
        "USD" if amount => Print { scale: 1_000_000, words: " triệu USD" },
        "t" if amount => Print { scale: 1_000, words: " nghìn tấn" },
        "%" => Print { scale: 1, words: "%" },
        _ => Print { scale: 1, words: " đơn vị" },
    };
    let trade = matches!(indicator.id.as_str(), "exports" | "imports");
    Topic { id: &indicator.id, name: &indicator.vi, unit, print, trade, amount }
}

/// What is so in the world of this press: the same for whoever asks.
fn truth(topic: &Topic<'_>, place: &Place<'_>, year: i16, months: i8) -> f64 {
    let drawn = |salt: u64| (hash(&[topic.id, place.id], &[salt]) % 10_000) as f64 / 10_000.0;
    if !topic.amount {
        return 1.0 + 40.0 * drawn(year as u64 * 12 + months as u64);
    }
    let growth = (1.0 + 0.12 * drawn(1)).powi(i32::from(year) - 2006);
    let wobble = 0.97 + 0.06 * drawn(year as u64 * 12 + months as u64);
    let base = 20_000.0 * (0.2 + drawn(2)) * topic.print.scale as f64;
    base * place.size * growth * wobble * f64::from(months) / 12.0
}

/// The same text in another paper a little later.
fn copy(of: &Record, id: String, publisher: &str, day: Date) -> Record {
    let mut record = of.clone();
    record.article.url = Some(format!("https://{publisher}/{id}.html"));
    record.article.canonical_url.clone_from(&record.article.url);
    record.article.source.clone_from(&id);
    record.article.id = id;
    record.article.publisher = Some(publisher.to_owned());
    record.article.published = Some(When::Day(day));
    record
}

/// A number as it is printed.
#[derive(Clone, Copy)]
struct Number {
    mantissa: i64,
    decimals: u32,
    scale: i64,
    rough: bool,
}

impl Number {
    fn rounded(value: f64, decimals: u32, scale: i64, rough: bool) -> Self {
        Self { mantissa: (value * 10_f64.powi(decimals as i32)).round() as i64, decimals, scale, rough }
    }

    fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    fn value(self) -> Decimal {
        Decimal::new(self.mantissa, self.decimals) * Decimal::from(self.scale)
    }

    /// With dots between thousands and a comma before decimals; the sign is said in words.
    fn text(self) -> String {
        let digits = format!("{:0width$}", self.mantissa.unsigned_abs(), width = self.decimals as usize + 1);
        let (whole, part) = digits.split_at(digits.len() - self.decimals as usize);
        let mut text = String::with_capacity(digits.len() + 4);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                text.push('.');
            }
            text.push(digit);
        }
        if !part.is_empty() {
            text.push(',');
            text.push_str(part);
        }
        text
    }
}

/// What a figure says, but for its number.
#[derive(Clone)]
struct Said {
    indicator: Option<String>,
    name: Option<String>,
    breakdown: Option<String>,
    product: Option<String>,
    partner: Option<String>,
    of: Option<String>,
    region: String,
    measure: Measure,
    period: Option<Period>,
    compared_with: Option<ComparedWith>,
    status: Status,
}

impl Said {
    fn unknown(region: &str) -> Self {
        Self {
            indicator: None,
            name: None,
            breakdown: None,
            product: None,
            partner: None,
            of: None,
            region: region.to_owned(),
            measure: Measure::Level,
            period: None,
            compared_with: None,
            status: Status::Actual,
        }
    }

    fn of(topic: &Topic<'_>, place: &Place<'_>) -> Self {
        Self { indicator: Some(topic.id.to_owned()), name: Some(topic.name.to_owned()), ..Self::unknown(place.id) }
    }
}

/// A page in the making.
#[derive(Default)]
struct Page {
    text: String,
    /// Characters of the text so far.
    length: u32,
    /// Kinds of the blocks with their first character, in characters and bytes.
    blocks: Vec<(BlockKind, u32, usize)>,
    figures: Vec<Observation>,
}

impl Page {
    fn begin(&mut self, kind: BlockKind, text: &str) {
        if !self.blocks.is_empty() {
            self.push("\n\n");
        }
        self.blocks.push((kind, self.length, self.text.len()));
        self.push(text);
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.length += text.chars().count() as u32;
    }

    fn say(&mut self, sentence: &str) {
        self.push(" ");
        self.push(sentence);
    }

    /// Writes a sentence; its figures get its text.
    fn sentence(&mut self, write: impl FnOnce(Line<'_>) -> Line<'_>) {
        let (start, first) = (self.text.len(), self.figures.len());
        write(Line { page: self });
        let sentence = self.text[start..].to_owned();
        for figure in &mut self.figures[first..] {
            figure.sentence.clone_from(&sentence);
        }
    }

    fn into_record(self, id: String, publisher: &str, day: Date) -> Record {
        let url = Some(format!("https://{publisher}/{id}.html"));
        let mut article = Article::empty(id.clone(), id);
        let ends = self.blocks.iter().skip(1).map(|(_, start, byte)| (start - 2, byte - 2)).chain([(self.length, self.text.len())]);
        article.blocks = self
            .blocks
            .iter()
            .zip(ends)
            .map(|((kind, start, from), (end, to))| Block {
                kind: *kind,
                text: self.text[*from..to].to_owned(),
                span: Some((*start, end)),
                href: None,
                image: None,
            })
            .collect();
        article.title = article.blocks.first().map(|block| block.text.clone());
        article.lead = article.blocks.get(1).map(|block| block.text.clone());
        article.canonical_url.clone_from(&url);
        article.url = url;
        article.publisher = Some(publisher.to_owned());
        "generic".clone_into(&mut article.profile);
        article.authors = vec!["Ban Kinh tế".to_owned()];
        article.published = Some(When::Day(day));
        article.published_from = Some(PublishedFrom::JsonLd);
        article.language = Some("vi".to_owned());
        article.content_hash = format!("{:016x}", hash(&[self.text.as_str()], &[]));
        article.text = self.text;
        Record { article, observations: self.figures, unread: Vec::new() }
    }
}

/// A sentence in the making.
struct Line<'p> {
    page: &'p mut Page,
}

impl Line<'_> {
    fn then(self, text: &str) -> Self {
        self.page.push(text);
        self
    }

    fn figure(self, number: Number, unit_text: &str, unit: &str, said: &Said) -> Self {
        let start = self.page.length;
        let quote = format!("{}{unit_text}", number.text());
        self.page.push(&quote);
        self.page.figures.push(Observation {
            block: self.page.blocks.len() as u32 - 1,
            sentence: String::new(),
            quote,
            start,
            end: self.page.length,
            value: number.value(),
            value_high: None,
            unit: unit.to_owned(),
            unit_text: Some(unit_text.trim().to_owned()),
            scale: Decimal::from(number.scale),
            decimals: number.decimals,
            bound: if number.rough { Bound::About } else { Bound::Exact },
            measure: said.measure,
            indicator: said.indicator.clone(),
            indicator_text: said.name.clone(),
            breakdown: said.breakdown.clone(),
            industry: None,
            product: said.product.clone(),
            partner: said.partner.clone(),
            of: said.of.clone(),
            region: Some(said.region.clone()),
            period: said.period,
            period_from: said.period.map(|_| PeriodFrom::Clause),
            compared_with: said.compared_with,
            status: said.status,
            speaker: None,
            confidence: 0.9,
        });
        self
    }
}
