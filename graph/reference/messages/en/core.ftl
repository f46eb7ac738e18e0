### Every sentence that the engine itself can say. One sentence, one message; nothing is put together from pieces.
### Arguments are typed by their name: state, instrument, forum, date, since, until, link, path, rights …

## exists
operating = The body was operating on { $date }.
not-yet-operating = The procedure did not exist on { $date }; it opened on { $since }.
no-longer-operating = The procedure had ended by { $date }; its last day was before { $until }.
suspended = The procedure was suspended on { $date }, since { $since }.
operating-uncertain = It is not certain that the procedure was open on { $date }.
ask-operating = Check with the secretariat that the procedure is open.

## bound, on the day of filing
bound-on-day = { $state } was bound by { $instrument } on { $date } (since { $since }).
bound-by-all-on-day = { $state } was bound by { $instruments } on { $date } (all since { $since }).
was-bound = { $state } has been bound by { $instrument }, from { $since }.
bound-uncertain = Our record that { $state } is bound by { $instrument } since { $since } is disputed or not sure enough to decide alone.
bound-day-uncertain = Whether { $state } was still or already bound by { $instrument } on { $date } turns on a day that our sources leave open (in force { $since }, ended { $until }).
day-after-end = { $state } was no longer bound by { $instrument } on { $date }: it ended on { $until }.
day-before-start = { $state } was not yet bound by { $instrument } on { $date }: it began on { $since }.
not-party = { $state } is not bound by { $instrument }.
reserved-groups = { $state } made its declaration to { $instrument } for individuals; whether a group may complain is not settled.
ask-groups = File for named individuals, or argue that the declaration of { $state } to { $instrument } reaches groups.
party-unknown = Our tables do not say whether { $state } is bound by { $instrument }.
respondent-unknown = No state is named to which the act is attributed.
who-unknown = The case does not give { $path }, which decides who had to be bound by { $instruments }.
nobody-bound = No state that counts here was bound by { $instruments }.
ask-respondent = Name the state to which the act, or the failure to protect, is attributed.
ask-depositary = Check with the depositary whether { $state } is bound by { $instrument } on the day that counts.
ask-path = Give { $path }.

## bound, on the day of the act
act-while-bound = The act of { $from } falls within the days on which { $state } was bound by { $instrument } (since { $since }).
act-continued-into = The act began on { $from } and went on after { $instrument } came to bind { $state } on { $since }; the part from then on counts.
act-bound-uncertain = The act of { $from } falls on days for which our record that { $state } was bound by { $instrument } is disputed or not sure enough.
act-day-uncertain = The act of { $from } falls on a day that our sources leave open for { $state } and { $instrument } (in force { $since }, ended { $until }).
act-day-needed = Whether the act of { $from } falls within the days on which { $state } was bound by { $instrument } turns on its exact day (bound from { $since }, until { $until }).
act-after-end = The act ({ $date }) came after { $state } had ceased to be bound by { $instrument } on { $until }.
act-before-start = The act ({ $date }) was over before { $instrument } bound { $state }, from { $since }.
act-began-before = The act ({ $date }) began before { $instrument } bound { $state }, from { $since }; here the beginning counts, not the continuation.
never-bound-together = { $state } was never bound by { $instruments } on the same day of the act.
reserved-acts-before = { $state } accepted only for acts from { $date } on (declaration to { $instrument }); the act of { $from } was over by then.
reserved-acts-begun-before = { $state } accepted only for acts that began from { $date } on (declaration to { $instrument }); the act began on { $from }.
reserved-acts-uncertain = { $state } has a declaration to { $instrument } about acts before { $date } whose reach is not settled; the act is of { $from }.
ask-act-day = Find the exact day of act { $act } (now { $from }).

## fact
fact-is = The case says { $path }: { $value }.
fact-is-not = The case says { $path }: { $value }, which closes nothing here.
fact-fails = The rule asks for { $path }: { $values }. The case says: { $value }.
fact-excluded = { $path } is { $value }, which this rule excludes.
fact-not-excluded = Nothing in the case says that { $path } is excluded.
fact-unknown = The case does not give { $path }; the rule asks for { $values }.
section-absent = The case names nothing of the kind that { $path } asks about.
ask-fact = Find out { $path }: is it { $values }?
number-in-range = The case says { $path }: { $value }, within what the rule asks.
number-outside-least = The case says { $path }: { $value }; the rule asks for at least { $min }.
number-outside-most = The case says { $path }: { $value }; the rule asks for at most { $max }.
number-outside-between = The case says { $path }: { $value }; the rule asks for { $min } to { $max }.
number-unknown-least = The case does not settle { $path }; the rule asks for at least { $min }.
number-unknown-most = The case does not settle { $path }; the rule asks for at most { $max }.
number-unknown-between = The case does not settle { $path }; the rule asks for { $min } to { $max }.
day-in-range = The case says { $path }: { $date }, within what the rule asks.
day-outside-least = The case says { $path }: { $date }; the rule asks for { $since } or later.
day-outside-most = The case says { $path }: { $date }; the rule asks for { $until } or earlier.
day-outside-between = The case says { $path }: { $date }; the rule asks for { $since } to { $until }.
day-unknown-least = The case does not settle { $path }; the rule asks for { $since } or later.
day-unknown-most = The case does not settle { $path }; the rule asks for { $until } or earlier.
day-unknown-between = The case does not settle { $path }; the rule asks for { $since } to { $until }.
guard-not-met = The rule does not apply to these facts.
not-required = The body does not ask for this.

## linked
linked = { $state } reached the victim by { $link }, which this body accepts as jurisdiction.
link-unknown = The case does not say how the power of { $state } reached the victim; one of { $links } would settle it.
link-contested = Whether { $link } brings the victim under the jurisdiction of { $state } is not settled before this body.
not-linked = { $link } does not bring the victim under the jurisdiction of { $state } in the case-law of this body.
reserved-territory = { $state } has limited its acceptance of { $instrument } to its own territory; whether that is valid is not settled.
territory-excluded = { $state } does not let { $instrument } reach { $where }.
ask-link = Say how the power of { $state } reached the victim: { $links }?
ask-contested-link = Argue why { $link } is jurisdiction; the case-law leaves it open.
ask-reservation = Argue that the territorial limit of { $state } to { $instrument } does not hold.

## engages
engages = This body applies { $provisions } to the facts.
engages-uncertain = Only { $provisions } could apply, and whether { $state } was bound by that then is not certain.
right-not-binding = { $rights }: protected only by { $instruments }, which did not bind { $state } when the act was done.
right-not-applied = { $rights }: no provision that this body applies.

## exhausted
exhausted = The remedies of { $state } were used to the end.
exhaustion-excused = The remedies of { $state } need not be used: { $reason }.
only-suspensive-remedies = Only remedies that stop a removal count, and none is open in { $state }.
not-raised = The complaint was not put to the courts of { $state } in substance: { $rights }.
remedies-unknown = The case does not say what became of the remedies of { $state }.
remedies-open = A remedy of { $state } is still open.
remedies-open-at-filing = On { $date } a remedy of { $state } was still open.
exception-not-listed = The remedies of { $state } are said to be { $reason }; this body decides whether that excuses it.
ask-remedies = Find out whether the remedies of { $state } were used, and if not, why not.
ask-exhaust = Use the remedy that is still open in { $state }, or show why it cannot help.
ask-exception = Show the body why the remedies are { $reason }.

## within
in-time = In time: { $limit } from { $start } end on { $last }; the day that counts is { $date }.
in-time-at-least = In time on any reading: { $limit } end on { $last } at the earliest; the day that counts is { $date }.
out-of-time = Too late: { $limit } ended on { $last }; the day that counts is { $date }.
late-soft = { $limit } ended on { $last }; after that the delay must be explained, and the body decides.
late-but-continuing = { $limit } from the decision ended on { $last }, but the situation goes on; whether the clock ran is for the body.
start-unknown = The clock runs from { $path }, which the case does not give.
start-imprecise = The clock runs from { $path } ({ $start }), which is not exact enough: { $limit } end on { $last } at the earliest.
clock-not-begun = The clock has not begun: the remedies of { $state } are not at an end.
clock-not-begun-planned = The clock has not begun: the act has not happened yet.
clock-not-begun-continuing = The clock has not begun: act { $act } is still going on.
no-clock = No time limit runs in this situation.
no-limit-then = No time limit was in force for such a filing.
reasonable-time-doubtful = No number of months, but within a reasonable time: a filing on { $date }, after { $last }, must explain the delay.
reasonable-time = No number of months: within a reasonable time.
deadline-counted = { $limit } from { $path } ({ $start }), last day { $last }.
deadline-bounded = { $limit } from { $path }, which is not known: { $last } is the earliest last day that the facts allow.
deadline-soft = { $limit } from { $path } ({ $start }), to { $last }; later the delay must be explained.
ask-exact-date = Find the exact day of { $path }; on the earliest reading the last day is { $last }.
ask-delay = Explain why nothing was filed by { $last }.
ask-continuing-clock = Show that the situation still goes on; from the decision alone the last day was { $last }.

## clear
no-other-proceedings = No other procedure deals with the matter.
proceedings-unknown = The case does not say whether another procedure deals with the matter.
not-the-same-matter = What is before { $other } is not the same matter.
does-not-count = { $other } is not a procedure that counts here.
other-does-not-bar = The procedure before { $other } does not close this one.
counts-as-warning = { $other } may pass the matter on or wait; it does not close this door.
proceeding-status-unknown = Whether { $other } closes this door turns on its state: pending, decided, and whether it looked at the substance.
same-unknown = The matter was before { $other }; whether it is the same person, facts and rights is not said.
barred-by-other = The same matter is or was before { $other } ({ $status }), which closes this door.
barred-by-reservation = The same matter was before { $other } ({ $status }), and { $state } excludes that by its reservation to { $instrument }.
other-contested = Whether { $other } counts as another procedure here is not settled.
already-decided-here = This body has already decided the same matter.
already-pending-here = The same matter is already before this body.
ask-proceedings = Find out whether the same matter is or was before another international procedure.
ask-proceeding = Find out how far the procedure before { $other } went.
ask-same = Find out whether { $other } has the same person, facts and rights before it.
ask-counts = Argue that { $other } is no bar here; take advice before filing.

## other
ask-body = Only the body can decide this; put the argument for it into the filing.
rule-low-confidence = Our reading of this rule is of low confidence and decides nothing alone.
ask-verify-rule = Check this rule with the body before relying on it.
only-if-subject = Do the facts include what this forum is about?

## assumptions
assumed-not-continuing = The case does not say that the act goes on; it was read as over.
assumed-not-planned = The case does not say that the act is planned; it was read as done.
assumed-not-systematic = The case does not say that the act is part of a practice; it was read as a single one.
assumed-not-urgent = The case names no urgent risk.
assumed-not-anonymous = The case does not say that the victim's name is withheld from the body; it was read as given.
assumed-no-observer-status = The case names no observer status of the filer, and the kind of filer given has none.
assumed-no-project = The case names no financed project.
assumed-no-platform = The case names no platform decision.
assumed-no-notice = The case names no police notice.
assumed-agents-own-nationals = State agents are taken to be nationals of the state to which the act is attributed.
assumed-known-same-day = The victim is taken to have learned of the act on its last day.
assumed-served-same-day = The final decision is taken to have been served on the day it was taken.

## warnings
warn-closes = A filing here can close { $forums } for the same matter.
warn-data-older = Our record of who is bound was last checked on { $seen }, before { $date }; check the depositary.
warn-low-confidence = A rule of this row rests on low confidence.
warn-identity = The body needs the victim's name, and the respondent will learn it.
assumed-not-international-organisation = The case does not say who did it; it was read as not the act of an international organisation.
