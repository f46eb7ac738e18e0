# Questions that only a body can answer, and reasons, for the regional bodies.
ecthr-exceptional-representation = Whether the Court lets somebody act without written authority for a person who died or cannot act: it looks at the vulnerability of the person, the gravity of the claim, the lack of heirs or a guardian, and contact while the person lived.
rule-39-exceptional-right = Whether the Court accepts a risk to a right other than life and freedom from ill-treatment as irreparable harm.
rule-39-remedies-in-time = Whether the domestic remedies that suspend the measure could still be used in time.
iachr-consent-reason = Whether the Commission accepts the reason why the person to be protected has not consented.
achpr-massive-violations = Whether the violations are so serious or massive that no remedy need be tried.
acthpr-before-declaration = Whether the Court reaches an act after the state joined the Protocol and outside the days of its declaration under article 34(6).
achpr-will-refer = Whether the African Commission refers the matter to the Court: only the Commission can do so, and a communication must ask for it.
acerwc-best-interests = Whether filing without the consent of the child is in the best interests of the child.
ecowas-after-exit = Whether the Court hears an application lodged after the state left the Community about an act before it left.
ecowas-outside-region = Whether the violation occurred in a member state, as article 9(4) asks.
ecowas-public-interest = Whether the Court accepts the action as one in the public interest, brought without a mandate from the victim.
ecowas-legal-person = Whether the right is one that a legal person can hold before this Court.
aarhus-remedies-considered = How the Committee weighs a domestic remedy that was available and not used.
escazu-representation = Whether the filer can show that it represents the person concerned.
sadc-tribunal-suspended = The Tribunal has taken no case since the Summit of August 2010 suspended it, and the Summit of August 2012 ended access for individuals.
arab-hr-committee-no-complaints = The Committee has no complaint procedure: it only examines the reports of the states.
environment-only-if = Are the facts about the environment, or about people who defend it?
