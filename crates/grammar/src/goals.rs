//! Which figures are goals, or are none, by when they hold and by the text before.

use jiff::civil::Date;
use knowledge::CueClass;
use model::{Measure, Period, Status};

use crate::context::Context;
use crate::frame::Cue;
use crate::period::{Expr, Role};
use crate::setting::Setting;
use crate::statement::{Draft, Found, Sentence};

/// Days ahead for which what is to come can be settled already.
const LONGEST_SETTLED: i32 = 365;

/// A sentence that says nothing of when goes on with the goals of the one before it.
///
/// So does one with a forecast of its paragraph that looks far ahead (`Dự báo đến năm 2035 dân số đạt 2 triệu người. Mật độ đạt …`).
pub(crate) fn follow_goal(draft: &mut Draft, sentence: &Sentence<'_>, context: &Context, setting: &Setting, elsewhere: bool) {
    let Some(period) = context.period.filter(|_| setting.dated) else { return };
    if goes_on_with_goals(draft, sentence, context, setting, elsewhere) {
        draft.status = Status::Target;
    }
    if period.start() <= setting.today {
        return;
    }
    let frame = sentence.frame;
    let status = context.status.filter(|status| match status {
        Status::Target => true,
        Status::Forecast => !elsewhere && is_far_ahead(period, setting.today),
        _ => false,
    });
    // (`Kim ngạch tăng 10%/năm` among the goals of its paragraph)
    let goal = !elsewhere && draft.cue.has(CueClass::Up) && context.status == Some(Status::Target);
    let grows = || goal && !sentence.tells_done(draft);
    let level = draft.cue.any(&[CueClass::Level, CueClass::Reach]) || grows();
    if let Some(status) = status.filter(|_| level && draft.status == Status::Actual && frame.mentions.is_empty()) {
        draft.status = status;
    }
}

/// `Năm 2025, tỉnh đặt mục tiêu …. Giá trị sản xuất tăng 2,5%; tổng thu ngân sách đạt 15.022 tỷ đồng`: in the paragraph of the goals of a
/// year that goes on no figure of that year has been reached, unless something says so.
fn goes_on_with_goals(draft: &Draft, sentence: &Sentence<'_>, context: &Context, setting: &Setting, elsewhere: bool) -> bool {
    let today = setting.today;
    let year = context.period == Some(Period::Year(today.year())) && today.month() < 12;
    let dated = || sentence.frame.mentions.iter().any(|mention| mention.role == Role::Own);
    // (in the next paragraph too, where the goals go on as a list, or which says itself what is meant to be)
    let completes = |cue: &Cue| cue.classes.has(CueClass::Complete);
    let goes_on = || context.block <= context.dated_in + 1 && !sentence.frame.cues.iter().any(completes);
    year && (!elsewhere || context.stated_in == context.block || goes_on())
        && context.status == Some(Status::Target)
        && draft.status == Status::Actual
        && draft.measure != Measure::Completion
        && draft.cue.any(&[CueClass::Attained, CueClass::Reach, CueClass::Up])
        && !draft.cue.has(CueClass::Complete)
        && !dated()
        && !sentence.tells_done(draft)
}

/// `Đến năm 2030 có 35.000 ha lúa`: what is to come is meant to be.
pub(crate) fn is_goal(draft: &Draft, period: Option<Period>, today: Date) -> bool {
    let ahead = || period.is_some_and(|period| is_far_ahead(period, today));
    draft.status == Status::Actual && draft.mention_from != Found::Nowhere && ahead()
}

/// `dự toán là 2.119 nghìn tỷ đồng; thực hiện 9 tháng đạt 59,3%`: the part of a plan that was reached in months that are over, or by now, is
/// no goal.
pub(crate) fn has_been_reached(draft: &Draft, period: Option<Period>, today: Date) -> bool {
    let over = |period: Period| match draft.mention.map(|mention| mention.expr) {
        Some(Expr::Now) => period.start() <= today,
        Some(Expr::FirstMonths(..) | Expr::Half(..) | Expr::Quarter(..) | Expr::Month(..)) => period.end() < today,
        _ => false,
    };
    draft.status == Status::Target && draft.measure == Measure::Completion && draft.unit == "%" && period.is_some_and(over)
}

/// Whether a period begins so far ahead that nothing in it can be settled yet: what falls due or is paid out within a year is told as a
/// fact (`chi trả cổ tức vào ngày 31/7`), what lies behind that as a goal. The year is the bound that errs least on annotated texts.
pub(crate) fn is_far_ahead(period: Period, today: Date) -> bool {
    (period.start() - today.last_of_month()).get_days() > LONGEST_SETTLED
}
