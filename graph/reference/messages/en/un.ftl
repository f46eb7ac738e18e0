## Questions that only the body can answer, put as what the filer must show

un-link-to-victim = Show why you act for a victim who cannot act: authority from the family, or a close enough link.
un-official-acquiescence = Show that an official did this, agreed to it or let it happen: the Committee decides whether that is enough.
un-cerd-members-hit = Show that members of the association were themselves hit by the racial discrimination.
un-late-not-possible = The year may have passed: show that it was not possible to file within it. The Committee decides.
un-ced-state-involvement = Show that agents of the state, or persons acting with its authorisation, support or acquiescence, took the person, or that the state did not investigate.
un-ced-risk-of-disappearance = Show substantial grounds for a danger of enforced disappearance in the country of return.
un-ced-presented = Report the disappearance to those who search or investigate there, or explain why that was not possible or too dangerous.
un-wgeid-family-consent = Show that the family consents to the report.
un-gross-pattern = Show a consistent pattern of gross and reliably attested violations, not a single case.
un-cat-systematic = Give well-founded indications that torture is practised systematically: habitual, widespread and deliberate in a considerable part of the country.
un-grave-or-systematic = Give reliable information that the violations are grave or systematic.
un-generalised-policy = Show a generalised policy and practice: the Committee then asks for no domestic remedies.

## Why a procedure does not operate

un-cmw-not-in-force = Article 77 of the Convention on Migrant Workers is not in force: fewer than ten states have made the declaration.

## Warnings

un-identity-to-state = The state learns who complains; ask the Committee to withhold the name in what it publishes.
un-cerd-consent-to-name = The identity is given to the state only with express consent, but without that consent the case in practice stops.
un-clear-disadvantage = The Committee may decline a case that shows no clear disadvantage, unless it raises a serious issue of general importance.
un-ced-nationality-route = Where the state of the disappearance is not a party, the request goes to the party state of which the person is a national.
un-wgad-name-to-state = The government is told the name of the detained person; the source is kept confidential.
un-letter-published = The letter and any reply are published, normally after 60 days; the source is not named, the victim is unless you ask otherwise.
