//! Reads the cells of a table: a number's period, unit and subject stand in its column's head, its row's label and the table's title.

use knowledge::{CueClass, Kind, UnitKind};
use model::{Article, Bound, ComparedWith, Measure, Observation, Period, PeriodFrom, Status};
use rust_decimal::Decimal;

use crate::context::Context;
use crate::measure::Classes;
use crate::number::{self, Habit};
use crate::pattern;
use crate::period::{self, Expr, Role};
use crate::quantity::{self, Measured};
use crate::reader::{Grammar, Reading, Scratch};
use crate::setting::{Setting, anchor};
use crate::table::{Cell, Grid, is_number};
use crate::token::Token;
use crate::topic::{Topic, strength, stretch, words};

/// A unit in a head, with its denominators and the scale words before it (`nghìn đồng/kg`).
#[derive(Clone, Copy, Debug)]
struct HeadUnit {
    measured: Measured,
    per: quantity::Denominators,
    scale: Decimal,
}

/// What a head, a label or a title says about the cells under it.
#[derive(Clone, Debug, Default)]
struct Label {
    text: String,
    period: Option<Period>,
    /// A comparison (`so cùng kỳ`), with its period where it has one of its own.
    compared: Option<Expr>,
    unit: Option<HeadUnit>,
    topic: Option<Topic>,
    /// A product, industry, partner or place names a case, not a subject.
    narrow: Topic,
    region: Option<u16>,
    cues: Classes,
    /// A number under it is printed with a plus: the column holds changes.
    signed: bool,
}

impl Grammar<'_> {
    /// Reads a table; `title` is the line before it.
    pub(crate) fn table(
        &self,
        article: &Article,
        grid: &Grid<'_>,
        scratch: &mut Scratch,
        setting: &Setting,
        context: &Context,
        reading: &mut Reading,
    ) {
        let titles = (grid.first.saturating_sub(2)..grid.first)
            .filter_map(|at| article.blocks.get(at))
            .map(|block| self.label(&block.text, scratch, setting, context));
        let title = titles.fold(
            Label { topic: context.topic.clone(), period: context.period, region: context.place.or(setting.place), ..Label::default() },
            over,
        );
        let body = grid
            .rows
            .iter()
            .position(|row| row.iter().skip(1).any(|cell| is_number(cell.text) && !is_year(cell.text)))
            .unwrap_or(grid.rows.len());
        let width = grid.rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut heads: Vec<Label> = (0..width).map(|column| self.head(&grid.rows[..body], column, scratch, setting, context)).collect();
        for column in 0..width {
            let cells = || grid.rows[body..].iter().filter_map(|row| row.get(column));
            heads[column].signed = cells().any(|cell| is_number(cell.text) && cell.text.trim_start().starts_with('+'));
            // Differences without a unit of their own have that of the amounts left of them.
            if heads[column].signed && heads[column].unit.is_none() && column > 0 {
                heads[column].unit = heads[column - 1].unit;
            }
        }
        let mut above = Label::default();
        let headless = Label::default();
        for row in &grid.rows[body..] {
            // A running number or a year may stand before the label, or be it.
            let first = row
                .iter()
                .enumerate()
                .position(|(column, cell)| is_number(cell.text) && !(column == 0 && is_heading(cell.text, row.len())))
                .unwrap_or(row.len());
            let label = row[..first]
                .iter()
                .filter(|cell| !is_number(cell.text) || is_year(cell.text))
                .map(|cell| self.label(cell.text, scratch, setting, context))
                .fold(Label::default(), over);
            // (`Trong đó: lúa` splits the row above it)
            let label = if label.cues.has(CueClass::Parts) { part_of(&above, label) } else { label };
            let before = reading.observations.len();
            let mut columns = Vec::new();
            for (column, cell) in row.iter().enumerate().skip(first).filter(|(_, cell)| is_number(cell.text)) {
                let head = heads.get(column).unwrap_or(&headless);
                if let Some(observation) = self.cell(cell, &title, &label, head, scratch, setting) {
                    reading.observations.push(observation);
                    columns.push(column);
                }
            }
            let name = |column: usize| grid.rows[..body].iter().rev().filter_map(|row| row.get(column)).find(|cell| !cell.text.is_empty());
            set_apart(&mut reading.observations[before..], |at| name(columns[at]).map_or("", |cell| cell.text));
            if !label.cues.has(CueClass::Parts) {
                above = label;
            }
        }
    }

    /// The head of a column: its cells in all header rows, an empty one taking what stands left of it.
    fn head(&self, rows: &[Vec<Cell<'_>>], column: usize, scratch: &mut Scratch, setting: &Setting, context: &Context) -> Label {
        rows.iter().fold(Label::default(), |label, row| {
            let own = row.get(column).map_or("", |cell| cell.text);
            let text = if own.is_empty() {
                row.iter().take(column).rev().map(|cell| cell.text).find(|text| !text.is_empty()).unwrap_or("")
            } else {
                own
            };
            over(label, self.label(text, scratch, setting, context))
        })
    }

    /// What a text says about cells.
    fn label(&self, text: &str, scratch: &mut Scratch, setting: &Setting, context: &Context) -> Label {
        scratch.text.set(text, 0);
        self.scan(scratch);
        let range = (0, scratch.tokens.len());
        if range.1 == 0 {
            return Label::default();
        }
        scratch.mentions.clear();
        period::parse(&scratch.text, &scratch.tokens, &scratch.hits, range, &mut scratch.mentions);
        self.frame(scratch, range, setting, context);
        let frame = &scratch.frame;
        let mut label = Label { text: text.trim().to_owned(), ..Label::default() };
        let anchor = anchor(setting, context.period);
        for mention in &frame.mentions {
            match (mention.role, mention.expr) {
                (_, Expr::Vague) => {}
                (Role::Basis, expr) | (_, expr @ Expr::Same(_)) => label.compared = Some(expr),
                _ => label.period = label.period.or(period::resolve(mention, &anchor)),
            }
        }
        if is_year(text) {
            label.period = text.trim().parse().ok().map(Period::Year);
        }
        let found = stretch(self.known(), frame, range.0, range.1);
        if found.head.is_some_and(|head| strength(self.known(), &head) >= 1) {
            label.topic = Some(Topic::of(self.known(), frame, &scratch.text, &scratch.tokens, &found, range.0, range.1));
        }
        if label.topic.as_ref().is_none_or(|topic| topic.indicator.is_none())
            && let Some(found) = pattern::find(self.lexicon().patterns(), &scratch.hits, range, None)
        {
            let text = words(&scratch.text, &scratch.tokens, found.start, found.end);
            label.topic = Some(Topic { indicator: found.indicator, kind: Some(found.kind), text, ..label.topic.unwrap_or_default() });
        }
        label.narrow = Topic::default().narrowed(frame, &scratch.text, &scratch.tokens, &found, range.0, range.1);
        label.region = frame.places.first().map(|place| place.region);
        for cue in &frame.cues {
            for class in [
                CueClass::Up,
                CueClass::Down,
                CueClass::Share,
                CueClass::Part,
                CueClass::Parts,
                CueClass::Plan,
                CueClass::Basis,
                CueClass::Rate,
                CueClass::Growth,
            ] {
                if cue.classes.has(class) {
                    label.cues.add(class);
                }
            }
        }
        label.unit = self.unit_of(scratch, range);
        label
    }

    /// A unit with its scale in a head: the whole cell, in a bracket, or behind a colon (`Đơn vị: triệu USD`).
    /// A percent sign behind a number is that number's own.
    fn unit_of(&self, scratch: &Scratch, range: (usize, usize)) -> Option<HeadUnit> {
        let view = quantity::View {
            text: &scratch.text,
            tokens: &scratch.tokens,
            hits: &scratch.hits,
            known: self.known(),
            range,
            english: false,
        };
        (range.0..range.1).find_map(|at| {
            let opens = at == range.0 || scratch.tokens[at - 1].is('(') || scratch.tokens[at - 1].is(':');
            let sign = scratch.tokens[at].is('%') && at > range.0 && !scratch.tokens[at - 1].is_number();
            if !opens && !sign {
                return None;
            }
            let (measured, scale, end) = view.unit_with_scale(at)?;
            let (per, end) = view.denominators(end);
            let closes = end >= range.1
                || scratch.tokens[end].is(')')
                || scratch.tokens[end].is('/')
                || scratch.tokens[end].is(',')
                || scratch.tokens[at].is('%');
            (closes && view.kind(measured) != Some(UnitKind::Time)).then_some(HeadUnit { measured, per, scale })
        })
    }

    fn cell(
        &self,
        cell: &Cell<'_>,
        title: &Label,
        row: &Label,
        head: &Label,
        scratch: &mut Scratch,
        setting: &Setting,
    ) -> Option<Observation> {
        scratch.text.set(cell.text, cell.start);
        self.scan(scratch);
        let at = scratch.tokens.iter().position(Token::is_number)?;
        let known = self.known();
        let percent = scratch.tokens.iter().any(|token| token.is('%'));
        let unit = if percent { self.percent_unit() } else { head.unit.or(row.unit).or(title.unit) };
        let entry = self.cell_unit(unit.as_ref());
        let kind = entry.map(|unit| unit.kind);
        let habit = Habit { fraction_likely: kind == Some(UnitKind::Percent), whole_only: false, english: setting.english };
        let number = number::printed(&scratch.text, &scratch.tokens[at]).settle(habit)?;
        let topic = Self::cell_topic(title, row, head);
        let measure = match cell_measure(kind, &topic, [title, row, head]) {
            // An index of last year's hundred (`108,7`) is a ratio, a small number a change.
            Measure::Multiple if number.value < Decimal::from(40) => Measure::Change,
            measure => measure,
        };
        let (factor, code) = self.cell_factor(unit.as_ref(), measure);
        let of_publication = || setting.dated.then(|| Period::Month(setting.today.year(), setting.today.month()));
        let period = head.period.or(row.period).or(title.period).or_else(of_publication);
        let compared = head.compared.filter(|_| matches!(measure, Measure::Change | Measure::Multiple));
        let compared = compared.and_then(|expr| period::basis(expr, period, &anchor(setting, None)));
        let negative = at > 0 && scratch.tokens[at - 1].is('-');
        let last = if percent && scratch.tokens.get(at + 1).is_some_and(|token| token.is('%')) { at + 1 } else { at };
        let (from, to) = (scratch.tokens[at - usize::from(negative)].start, scratch.tokens[last].end);
        let (start, end) = scratch.text.place(from, to);
        let region = row.region.or(head.region).or(title.region).map(|index| &known.regions.all()[index as usize]);
        let labels = [title.text.as_str(), row.text.as_str(), head.text.as_str()].into_iter().filter(|text| !text.is_empty());
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let value = number.value * factor;
        Some(Observation {
            block: cell.block,
            sentence: labels.collect::<Vec<_>>().join(" | "),
            quote: scratch.text.verbatim(cell.text, from, to).to_owned(),
            start,
            end,
            value: if negative { -value } else { value }.normalize(),
            value_high: None,
            unit: code,
            unit_text: entry.and_then(|unit| unit.says.first().cloned()),
            scale: factor.normalize(),
            decimals: number.decimals,
            bound: Bound::Exact,
            measure,
            indicator: topic.indicator.map(|index| known.indicators[index as usize].id_in(region.map(|region| region.kind)).to_owned()),
            indicator_text: some(&topic.text),
            breakdown: some(&topic.breakdown),
            industry: topic.industry.map(|index| known.industries[index as usize].id.clone()),
            product: topic.product.map(|index| known.products[index as usize].id.clone()),
            partner: topic.partner.map(|index| known.partners[index as usize].id.clone()),
            of: None,
            region: Some(region.map_or_else(|| "VN".to_owned(), |region| region.id.clone())),
            period,
            period_from: period.map(|_| if head.period.or(row.period).is_some() { PeriodFrom::Clause } else { PeriodFrom::Context }),
            compared_with: if measure == Measure::Completion { Some(ComparedWith::Plan) } else { compared.map(ComparedWith::Period) },
            status: Status::Actual,
            speaker: None,
            confidence: if topic.indicator.is_some() && period.is_some() { 0.8 } else { 0.6 },
        })
    }

    /// The unit of a cell that prints its own sign of percent.
    fn percent_unit(&self) -> Option<HeadUnit> {
        let at = self.known().units.units.iter().position(|unit| unit.kind == UnitKind::Percent)?;
        Some(HeadUnit { measured: Measured::Unit(at as u16), per: [None; 2], scale: Decimal::ONE })
    }

    /// The unit of a head in the vocabulary.
    fn cell_unit(&self, unit: Option<&HeadUnit>) -> Option<&knowledge::Unit> {
        match unit?.measured {
            Measured::Unit(unit) => Some(&self.known().units.units[unit as usize]),
            _ => None,
        }
    }

    /// What a printed number is multiplied by, and the code of the unit that it then has.
    fn cell_factor(&self, unit: Option<&HeadUnit>, measure: Measure) -> (Decimal, String) {
        let entry = self.cell_unit(unit);
        let mut factor = entry.map_or(Decimal::ONE, |unit| unit.factor) * unit.map_or(Decimal::ONE, |unit| unit.scale);
        let mut code = entry.map_or_else(|| "count".to_owned(), |unit| unit.id.clone());
        for per in unit.iter().flat_map(|unit| unit.per).flatten() {
            let per = &self.known().units.denominators[per as usize];
            factor /= per.factor;
            code.push('/');
            code.push_str(&per.id);
        }
        if measure == Measure::Multiple { (factor / Decimal::ONE_HUNDRED, "x".to_owned()) } else { (factor, code) }
    }

    /// The subject of a cell: the row's or the column's own, else the title's narrowed by the row.
    fn cell_topic(title: &Label, row: &Label, head: &Label) -> Topic {
        let strong = |label: &Label| label.topic.clone().filter(|topic| topic.indicator.is_some());
        if let Some(topic) = strong(row).or_else(|| strong(head)) {
            return topic;
        }
        // (`Tổng diện tích rừng (nghìn ha)`: what is called by a name of its own, with a unit, is not what the title names)
        if let Some(topic) = row.topic.clone().filter(|topic| row.unit.is_some() && topic.kind.is_some()) {
            return topic;
        }
        let narrow = &row.narrow;
        match &title.topic {
            Some(topic) => Topic {
                breakdown: row.text.clone(),
                product: narrow.product.or(topic.product),
                industry: narrow.industry.or(topic.industry),
                partner: narrow.partner.or(topic.partner),
                ..topic.clone()
            },
            None => row.topic.clone().unwrap_or_else(|| Topic { text: row.text.clone(), ..Topic::default() }),
        }
    }
}

/// Two figures of a row that would be one and the same figure differ in what their columns are called (`Kỳ trước`, `Kỳ này`).
fn set_apart<'a>(row: &mut [Observation], head: impl Fn(usize) -> &'a str) {
    let same = |a: &Observation, b: &Observation| {
        (a.measure, &a.unit, &a.indicator, &a.indicator_text, &a.period, &a.compared_with)
            == (b.measure, &b.unit, &b.indicator, &b.indicator_text, &b.period, &b.compared_with)
    };
    let alike: Vec<bool> = (0..row.len()).map(|at| (0..row.len()).any(|other| other != at && same(&row[at], &row[other]))).collect();
    for (at, observation) in row.iter_mut().enumerate().filter(|(at, _)| alike[*at]) {
        let head = head(at).trim();
        if !head.is_empty() {
            observation.breakdown = Some(observation.breakdown.take().map_or_else(|| head.to_owned(), |part| format!("{part}, {head}")));
        }
    }
}

/// The later of two labels over the earlier.
fn over(earlier: Label, later: Label) -> Label {
    let mut cues = earlier.cues;
    cues.join(later.cues);
    Label {
        text: if later.text.is_empty() {
            earlier.text
        } else if earlier.text.is_empty() {
            later.text
        } else {
            format!("{} {}", earlier.text, later.text)
        },
        period: later.period.or(earlier.period),
        compared: later.compared.or(earlier.compared),
        unit: later.unit.or(earlier.unit),
        topic: match (later.topic, earlier.topic) {
            (Some(later), Some(earlier)) if later.indicator.is_none() && earlier.indicator.is_some() => Some(earlier),
            (later, earlier) => later.or(earlier),
        },
        narrow: if later.narrow.breakdown.is_empty() { earlier.narrow } else { later.narrow },
        region: later.region.or(earlier.region),
        cues,
        signed: later.signed || earlier.signed,
    }
}

/// A row that splits the one above it has its unit and, where it names no indicator of its own, its subject.
fn part_of(above: &Label, row: Label) -> Label {
    let named = row.topic.as_ref().is_some_and(|topic| topic.indicator.is_some());
    let topic = above.topic.clone().filter(|_| !named).map(|topic| Topic { breakdown: row.text.clone(), ..topic });
    Label { unit: row.unit.or(above.unit), topic: topic.or(row.topic), ..row }
}

/// A year or a running number in the first column.
fn is_heading(text: &str, width: usize) -> bool {
    is_year(text) || (width > 2 && text.trim().len() <= 3 && text.trim().bytes().all(|byte| byte.is_ascii_digit()))
}

/// A year as a column's head.
fn is_year(text: &str) -> bool {
    let text = text.trim();
    text.len() == 4 && (text.starts_with("19") || text.starts_with("20")) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a number of a table says of its subject, by the kind of its unit and by the labels of the table, the row and the column.
fn cell_measure(kind: Option<UnitKind>, topic: &Topic, labels: [&Label; 3]) -> Measure {
    let [title, row, head] = labels;
    let compares = head.compared.is_some() || head.cues.any(&[CueClass::Basis]);
    match kind {
        Some(UnitKind::Percent) if head.signed => Measure::Change,
        Some(_) if head.signed => Measure::Difference,
        Some(UnitKind::Percent) if [head, row].iter().any(|label| label.cues.any(&[CueClass::Up, CueClass::Down, CueClass::Growth])) => {
            Measure::Change
        }
        Some(UnitKind::Percent) if head.cues.has(CueClass::Plan) => Measure::Completion,
        Some(UnitKind::Percent) if compares => Measure::Multiple,
        Some(UnitKind::Percent) if topic.part || labels.iter().any(|label| label.cues.any(&[CueClass::Part, CueClass::Share])) => {
            Measure::Share
        }
        Some(UnitKind::Percent)
            if topic.growth
                || (title.cues.any(&[CueClass::Up, CueClass::Down, CueClass::Growth]) && !topic.rate && topic.indicator.is_some()) =>
        {
            Measure::Change
        }
        Some(UnitKind::Percent) if !topic.rate && matches!(topic.kind, Some(Kind::Flow | Kind::Stock | Kind::Count)) => Measure::Share,
        _ => Measure::Level,
    }
}
