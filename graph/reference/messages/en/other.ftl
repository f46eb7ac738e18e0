## Questions that only the body can answer, put as what the filer must find out or show

icc-contextual-elements = Show that the act was part of a widespread or systematic attack on civilians under a policy, or was linked to an armed conflict: an isolated crime is outside the Court's jurisdiction.
icc-under-consideration = The state has left the Statute, or this is not sure: show that the matter was already under consideration by the Court before the exit took effect.
icc-darfur-situation = Show that the crime belongs to the situation in Darfur that the Security Council referred.
icj-declaration-terms = Read the declarations of both states under article 36(2): their reservations work both ways.
icj-genocide-intent = Show facts from which an intent to destroy a national, ethnical, racial or religious group can be argued.
icj-prior-steps = Show the steps that the clause asks for before filing: negotiation, and for most treaties a request for arbitration and six months without agreement on it; the Genocide Convention asks only for a dispute.
ccf-portal = Send the request through the portal of the Commission: since 26 March 2026 a request by e-mail or post is taken only in exceptional circumstances.
ilo-other-convention = Check whether the state has ratified the convention that the facts concern and was bound by it then: only conventions 87, 98, 169 and 190 are in our tables.
ilo-violence-at-work = Show that the violence or harassment happened in the world of work.
unesco-field-link = Show how the right is linked to education, science, culture or information.
unesco-remedies-said = Say in the communication whether domestic remedies were tried and with what result; they need not be exhausted.
cjeu-author-of-act = Show that an institution, body or agency of the European Union took the act.
cjeu-reviewable-act = Show an act with legal effects that the Court may review; most acts of foreign policy other than listings are outside.
cjeu-individual-concern = Show that the act is addressed to the applicant or concerns the applicant directly and individually.
sanctions-serious-ill-treatment = Show that the facts amount to a serious violation of the right to life or of the freedom from torture and ill-treatment.
us-visa-tool-fits = Show which tool fits: an official in a gross violation, an act across a border against a critic, or misuse of commercial spyware.
csddd-turnover = Find out whether the company's net turnover is above 1.5 billion euro.
csddd-eu-turnover = Find out whether the company's net turnover in the European Union is above 1.5 billion euro.
wb-raised-with-bank = Put the concern to the Bank first, or say why that is unsafe or pointless.
mici-told-project-team = Tell the bank's project team first, or explain why not; fear of reprisal is a reason.

## Questions that bring a special forum into the answer

only-if-interpol-data = Is there a notice, a diffusion or other data about the person in INTERPOL's files?
only-if-eu-act = Was the act taken by an institution, body or agency of the European Union, such as a sanctions listing or a Frontex return?
only-if-parliamentarian = Was the victim a member of a national parliament when it happened?
only-if-company = Does the harm come from the business of a large company or its chain of activities?
only-if-bank-project = Is the harm linked to a project that a development bank finances?

## Warnings

warn-icc-sender-no-party = Whoever sends information to the Prosecutor is no party and has no right to a decision on it.
warn-icc-gravity = The Court takes few cases: a state that genuinely investigates or prosecutes keeps the case, and it must be grave enough.
warn-icj-states-only = Only a state can file here; an individual can ask a state to do so.
warn-ccf-no-suspension = A request does not suspend a notice: ask expressly for the data to be blocked while the Commission decides.
warn-ilo-government-reads = The government receives the complaint: leave out the names of people who would be in danger.
warn-unesco-state-reads = The state receives the communication and the name of its author.
warn-cjeu-lawyer-needed = A lawyer must file, through the court's electronic system.
warn-sanctions-discretion = A listing is at the government's discretion, and the file may come out in a court case.
warn-wb-merged-mechanism = The Boards decided in June 2026 to merge the Panel into one mechanism: check which rules and which address apply on the day of filing.
warn-iam-tell-of-threats = Tell the mechanism of threats before you file, and ask it to keep the identity confidential.
