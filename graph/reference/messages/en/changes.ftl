### What would open a door: changes of a fact, of a step still possible, of the law. Each completes "It would open if …".

change-fact = { $path }: { $values }
change-date = { $path } is { $since } or later
change-act-between = the act lies between { $from } and { $last }
change-file-by = the filing is made by { $date }
change-file-from = the filing is made on { $date } or later
change-raised = the complaint was put to the courts of { $state } in substance: { $rights }
change-no-proceedings = no other international procedure has the matter before it
change-withdraw = the matter before { $other } is withdrawn
change-procedure-only = { $other } rejected the matter without looking at its substance
change-other-matter = what is before { $other } is not the same person, facts and rights
change-drop = the matter never was before { $other }
change-bound = { $state } is bound by { $instrument } from { $since }
change-bound-still = { $state } is still, or again, bound by { $instrument } on { $since }
change-reservation = { $state } withdraws its reservation to { $instrument } ({ $reservation })
