//! What a figure says: a function of the cue before it, its unit, what follows it and the kind of its indicator.

use knowledge::{CueClass, Kind, UnitKind};
use model::Measure;

/// A set of cue classes, since a word can have several (`tăng thêm` is a rise and an increment).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes(u64);

impl Classes {
    pub(crate) fn of(classes: &[CueClass]) -> Self {
        Self(classes.iter().fold(0, |set, class| set | 1 << *class as u64))
    }

    pub(crate) fn add(&mut self, class: CueClass) {
        self.0 |= 1 << class as u64;
    }

    pub(crate) fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(crate) fn has(self, class: CueClass) -> bool {
        self.0 & 1 << class as u64 != 0
    }

    pub(crate) fn any(self, classes: &[CueClass]) -> bool {
        classes.iter().any(|class| self.has(*class))
    }

    /// Whether two figures are governed alike: both by nothing, or by cues that share a class.
    pub(crate) fn same(self, other: Self) -> bool {
        self.0 == other.0 || self.0 & other.0 != 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What decides the measure of a figure.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Evidence {
    /// The cue that governs the figure.
    pub(crate) cue: Classes,
    /// What its unit measures; nothing for a bare number.
    pub(crate) unit: Option<UnitKind>,
    /// A plan stands behind it in its complement.
    pub(crate) plan_behind: bool,
    /// A comparison (`so với`, `cùng kỳ`) with a plan.
    pub(crate) against_plan: bool,
    /// A comparison with a period stands behind it.
    pub(crate) basis_behind: bool,
    /// A noun stands right behind a percentage.
    pub(crate) noun_behind: bool,
    /// A word for a whole stands right behind it (`đạt 81% trên tổng nguồn cung`).
    pub(crate) of_whole: bool,
    /// All the people of a place stand right behind it (`đạt 92% dân số`).
    pub(crate) of_people: bool,
    /// What stands behind names growth (`vào mức tăng`).
    pub(crate) into_growth: bool,
    /// It stands alone behind what its subject grew by (`tăng 3,2%, đóng góp 0,3%`).
    pub(crate) adds: bool,
    /// The subject is a noun of growth (`tốc độ tăng trưởng tín dụng`).
    pub(crate) growth: bool,
    /// The subject is called a rate (`tỷ lệ`, `lãi suất`).
    pub(crate) rate_named: bool,
    /// The subject is a growth itself (`lạm phát`).
    pub(crate) rises: bool,
    /// The name of a rate stands between the cue and the figure (`thực hiện chia cổ tức 25%`).
    pub(crate) rate_done: bool,
    /// It opens its clause and what stands behind it is told by `là` (`trong đó, 65% là vốn của Nhà nước`).
    pub(crate) told_as: bool,
    /// The vocabulary has its name.
    pub(crate) known: bool,
    /// Its subject is a sum that is planned for a year (a budget, its investment).
    pub(crate) planned: bool,
    /// The subject is called a part (`tỷ trọng`, `thị phần`).
    pub(crate) part_named: bool,
    /// The kind of its indicator or subject.
    pub(crate) kind: Option<Kind>,
    /// A sign is printed.
    pub(crate) signed: bool,
    /// Its percentages are parts of its plan, or this one is told as one (`đã thu hồi 94 ha, đạt 73%`).
    pub(crate) of_plan: bool,
    /// The number has a denominator (`%/năm`).
    pub(crate) per: bool,
    /// It is a fraction with a time right behind it (`bằng một nửa năm 2021`).
    pub(crate) fraction_of_time: bool,
    /// Its subject stands behind it (`60% người dùng`).
    pub(crate) subject_behind: bool,
    /// Those who say something stand right behind it, unnamed (`23% cho rằng …`).
    pub(crate) said_by: bool,
    /// A comparison stands right behind it.
    pub(crate) basis_next: bool,
    /// The comparison behind it names a time, or a time before it does.
    pub(crate) timed_basis: bool,
    /// What stands behind is of an earlier time (`47% nguồn cung của năm trước`).
    pub(crate) of_earlier: bool,
    /// It is large enough to be a ratio and no growth.
    pub(crate) large: bool,
    /// It is no more than a whole.
    pub(crate) within: bool,
    /// It stands alone in a bracket.
    pub(crate) bracketed: bool,
    /// It stands with a sign in the bracket behind a level in percent.
    pub(crate) moves_level: bool,
    /// What the figure before it says, where it stands in a list of such figures.
    pub(crate) parallel: Option<Measure>,
}

/// The measure of a figure.
pub(crate) fn measure(e: &Evidence) -> Measure {
    use CueClass as C;
    match e.unit {
        Some(UnitKind::Times) => Measure::Multiple,
        Some(UnitKind::Point) if e.cue.has(C::Contribute) || e.into_growth => Measure::Contribution,
        Some(UnitKind::Point) => Measure::Difference,
        Some(UnitKind::Percent) => percentage(e),
        // `Mức tăng dao động từ 200 đến 400 nghìn đồng/lượng`, `GMD (-500 đồng)`
        Some(UnitKind::Money) if e.kind == Some(Kind::Price) && (e.signed || e.growth) => Measure::Difference,
        _ if e.cue.has(C::Reach) || e.cue.has(C::From) => Measure::Level,
        // (`có thêm 0,39 điểm` is a rise of an index, `thêm 3 chợ` an amount)
        Some(UnitKind::Index) if e.cue.has(C::Increment) => Measure::Difference,
        _ if e.cue.has(C::Increment) && !e.cue.has(C::Up) => Measure::Level,
        _ if e.cue.any(&[C::Up, C::Down]) => Measure::Difference,
        _ if e.signed && e.unit == Some(UnitKind::Index) => Measure::Difference,
        _ if e.cue.has(C::Exceed) && e.against_plan => Measure::Difference,
        _ => e.parallel.filter(|m| e.cue.is_empty() && matches!(m, Measure::Difference)).unwrap_or(Measure::Level),
    }
}

fn percentage(e: &Evidence) -> Measure {
    use CueClass as C;
    let rate = matches!(e.kind, Some(Kind::Rate | Kind::Share)) || e.rate_named || e.part_named;
    if e.cue.has(C::Exceed) && (e.plan_behind || e.against_plan) {
        return Measure::Change;
    }
    // (`làm giảm 1,1% trong mức tăng chung`)
    if e.cue.has(C::Contribute) && e.into_growth {
        return Measure::Contribution;
    }
    if e.cue.any(&[C::Up, C::Down]) && !e.cue.has(C::Reach) {
        // (`kinh tế số tăng trưởng 10%`: what grows does so by a part of itself, whatever it is)
        let rises = e.rises && !e.cue.has(C::Down) && !e.rate_named || e.cue.has(C::Growth) && e.cue.has(C::Up);
        return if rate && !e.growth && !rises { Measure::Difference } else { Measure::Change };
    }
    // `người tham gia bảo hiểm y tế đạt tỷ lệ 92% dân số`: a part of them is no part of a plan.
    if e.of_people && !e.growth && !e.cue.any(&[C::Growth, C::Contribute, C::Multiple]) {
        return if e.rate_named { Measure::Level } else { Measure::Share };
    }
    // (`đạt tỷ lệ lấp đầy 67%`: a rate is no part of a plan)
    let rated = matches!(e.kind, Some(Kind::Rate | Kind::Share)) && (e.rate_named || e.known);
    let completes = e.cue.has(C::Complete) && !rated && !e.rate_done;
    // (`đạt tỷ lệ 96% tổng số học sinh`, `32 xã đạt chuẩn, đạt tỷ lệ 18%`: of what is counted a rate is a part)
    let rate_of = e.of_whole || e.cue.has(C::Level) && e.within;
    if completes && rate_of && e.kind == Some(Kind::Count) && !e.plan_behind && !e.against_plan {
        return Measure::Share;
    }
    if e.plan_behind || (e.against_plan && !e.cue.any(&[C::Share])) || completes {
        return Measure::Completion;
    }
    if e.cue.has(C::Contribute) {
        return if e.adds { Measure::Contribution } else { Measure::Share };
    }
    // `bằng 4-5% so với kim ngạch xuất khẩu`: what is compared with is a whole and no time.
    if e.cue.has(C::Equal) && e.basis_behind && !e.timed_basis && !e.large {
        return Measure::Share;
    }
    // `đạt 89,52% so với số thu cùng kỳ`, `bằng 127% tổng lợi nhuận của cả năm 2019`
    let reached = e.cue.has(C::Level) && e.basis_next && e.timed_basis && e.large && !rate && !e.growth;
    if reached || (e.cue.has(C::Equal) && e.of_earlier && e.large) {
        return Measure::Multiple;
    }
    if e.cue.has(C::Multiple) || (e.cue.has(C::Equal) && (e.basis_behind || e.fraction_of_time)) {
        return Measure::Multiple;
    }
    // (`thị phần tăng 0,3% so với tháng 8 và 0,8% so với cuối năm`)
    if e.cue.is_empty() && e.basis_behind && e.parallel == Some(Measure::Difference) {
        return Measure::Difference;
    }
    // (`tỷ lệ thất nghiệp chiếm cao nhất với 7,4%`: a rate is no part, whatever verb tells of it)
    let leveled = e.cue.has(C::Level) && e.kind == Some(Kind::Rate) && e.known && !e.part_named;
    if e.cue.has(C::Share) && !leveled || e.part_named || e.of_whole && !rate && !e.growth && !e.cue.any(&[C::Growth, C::Exceed]) {
        return Measure::Share;
    }
    if e.told_as && !e.signed && !e.growth {
        return Measure::Share;
    }
    if e.said_by && !e.signed && !e.cue.any(&[C::Growth, C::Exceed, C::Increment]) {
        return Measure::Share;
    }
    let interest = e.kind == Some(Kind::Rate) && e.rate_named && e.known;
    // (`tăng thuế suất của đá từ 6% lên 7%`: the two ends of any rate are amounts)
    let ends = e.kind == Some(Kind::Rate) && e.rate_named && e.cue.any(&[C::From, C::Reach]);
    if (e.growth || e.cue.has(C::Growth)) && !ends {
        // (`lãi suất huy động với mức tăng 0,2%`: interest rises by points)
        return if interest { Measure::Difference } else { Measure::Change };
    }
    // `lãi suất ở mức 3,9%/năm`, whatever noun stands behind it
    if interest && e.per && !e.cue.has(C::Equal) && e.parallel != Some(Measure::Difference) {
        return Measure::Level;
    }
    // (`nâng giá bán lên 5-10%`: no price is a percentage)
    if e.kind == Some(Kind::Price) && e.known && e.cue.has(C::Reach) && e.parallel.is_none() {
        return Measure::Change;
    }
    // `tỷ lệ giải ngân đã tăng lên 30%`, `đạt 53,4% so với nhiệm vụ thu`: what was reached of a plan
    if e.of_plan && !e.timed_basis && (e.cue.any(&[C::From, C::Reach]) || e.basis_behind) {
        return Measure::Completion;
    }
    // (`nâng tổng số chuyến lên 18% so với ngày thường`: no amount is a percentage of another time's)
    let amount = matches!(e.kind, Some(Kind::Flow | Kind::Stock | Kind::Count)) && !e.rate_named;
    if amount && e.cue.has(C::Reach) && !e.cue.has(C::From) && e.basis_behind && e.parallel.is_none() {
        return Measure::Change;
    }
    // The two ends of `từ 5% lên 7%` are amounts: of a rate, or of a part of a whole.
    if e.cue.any(&[C::From, C::Reach]) {
        return match e.parallel {
            Some(Measure::Share) => Measure::Share,
            // (those who answer are a part of those asked: `số doanh nghiệp kỳ vọng tăng từ 45% lên 53%`)
            _ if e.kind == Some(Kind::Count) && !e.rate_named => Measure::Share,
            _ if e.kind == Some(Kind::Share) && !e.known && !e.rate_named => Measure::Share,
            _ => Measure::Level,
        };
    }
    if e.subject_behind || (e.cue.has(C::Equal) && e.noun_behind) {
        return Measure::Share;
    }
    if e.basis_behind && !rate {
        return Measure::Change;
    }
    if let Some(parallel) = e.parallel.filter(|_| !e.signed) {
        return parallel;
    }
    if e.of_plan && !e.signed && !e.cue.has(C::Negative) {
        return Measure::Completion;
    }
    // (`lãi suất kỳ hạn 1 tuần 5,29% (-0,01%)`: a sign in the bracket behind a rate tells how it has moved)
    if e.moves_level && e.kind == Some(Kind::Rate) && e.cue.is_empty() {
        return Measure::Difference;
    }
    if rate || e.per {
        return Measure::Level;
    }
    if e.signed || e.cue.any(&[C::Negative, C::Unchanged]) {
        return Measure::Change;
    }
    if e.noun_behind || e.bracketed {
        return Measure::Share;
    }
    // `giải ngân 62 tỷ đồng, đạt 16%`, `khối lượng thi công đạt 55%`: what is planned or carried out has come so far.
    // (`thu nội địa 178.200 tỷ đồng, bằng 32,7%`)
    let flow = e.kind == Some(Kind::Flow);
    let reaches = e.cue.has(C::Attained) && (e.planned || !e.known) || e.cue.has(C::Equal) && e.planned && e.within;
    if flow && reaches {
        return Measure::Completion;
    }
    // `mức đóng là 2%`, `cổ tức ở mức 15%`: outside the vocabulary no growth is said so.
    if flow && !e.known && e.cue.has(C::Level) {
        return Measure::Level;
    }
    // `quỹ đất 20% của các dự án`: nor where nothing is said of it.
    if !e.known && e.cue.is_empty() && e.kind == Some(Kind::Stock) {
        return Measure::Share;
    }
    match e.kind {
        // (`nợ công đạt 43,1%`: of what is produced, too)
        Some(Kind::Stock) if e.known && e.planned => Measure::Share,
        // A percentage that belongs to an amount, an index or a count is its growth (`GDP đạt 6,5%`).
        Some(Kind::Flow | Kind::Stock | Kind::Index | Kind::Price) => Measure::Change,
        // (`bội chi dự kiến 5,3%`: of what is produced)
        Some(Kind::Balance) => Measure::Share,
        _ if e.cue.any(&[C::Level, C::Reach, C::From]) => Measure::Level,
        _ => Measure::Share,
    }
}
