# METADATA
# title: Journeys between two uses of an account
# description: Whether one person can have been at both places.
# schemas:
#   - input: schema.input
#   - data.settings: schema.settings
package lib.journeys

import future.keywords.not

import data.lib.answers as three
import data.lib.periods
import data.lib.unknowns

# METADATA
# description: Of each signal about the account whether nobody can have travelled so.
answers(account) := [_impossible(signal) | some signal in _signals(account)]

# METADATA
# description: The first one of which it is sure.
first(account) := signals[0] if {
	signals := [signal |
		some signal in _signals(account)
		_impossible(signal) == "yes"
	]
}

# METADATA
# description: Why it is not known of some.
reasons(account) := [why |
	some signal in _signals(account)
	_impossible(signal) == "unknown"
	some field in ["kind", "observed_at", "distance_km", "interval_s", "interactive", "relay", "succeeded"]
	why := unknowns.why(signal, field)
]

_signals(account) := object.get(_signals_of, account.uid, [])

_signals_of := {uid: signals |
	some uid in {signal.account | some signal in input.lending_signals}
	signals := [signal | some signal in input.lending_signals; signal.account == uid]
}

_impossible(signal) := three.all_of([
	_of_journey(signal),
	periods.within(signal, "observed_at"),
	object.get(signal, "interactive", "unknown"),
	object.get(signal, "succeeded", "unknown"),
	three.opposite(object.get(signal, "relay", "unknown")),
	_far(signal),
	_fast(signal),
])

# other signals are shown, and accuse nobody
default _of_journey(_) := "unknown"

_of_journey(signal) := "yes" if signal.kind == "impossible_travel"

_of_journey(signal) := "no" if {
	signal.kind in {"shared_by_register", "simultaneous_sessions", "many_devices", "self_reported"}
}

default _far(_) := "unknown"

_far(signal) := "yes" if signal.distance_km >= data.settings.travel_min_km

_far(signal) := "no" if signal.distance_km < data.settings.travel_min_km

default _fast(_) := "unknown"

_fast(signal) := "yes" if signal.distance_km * 3600 > _reach(signal)

_fast(signal) := "no" if signal.distance_km * 3600 <= _reach(signal)

# nobody knows how far apart they were, and it was long enough for any two places
_fast(signal) := "no" if {
	not signal.distance_km
	signal.farthest_km * 3600 <= _reach(signal)
}

# how far somebody may have come, in km times seconds of an hour; clocks that differ speak for the account
_reach(signal) := data.settings.travel_speed_kmh * (signal.interval_s + data.settings.clock_skew_s)
