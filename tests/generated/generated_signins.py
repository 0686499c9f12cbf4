"""Where and with what people sign in, and who does so where nobody can have come so fast."""

from generated_draw import NONE, UNKNOWN, Maker

from engine.facts import Device, LoginEvent, Place

_PLACES = {"p1": ("31.2", "121.5"), "p2": ("39.9", "116.4"), "p3": ("31.3", "121.4")}
"""Two in one city, and one in another."""
_DEVICES = ("d1", "d2", "d3")


def make_signins(make: Maker, accounts: list[str], hosts: list[str], people: list[str]) -> None:
    """Devices and places on file, and sign-ins of an account one after the other."""
    for key, (latitude, longitude) in _PLACES.items():
        make.varied(
            Place, key, "places",
            {"key": key, "latitude": latitude, "longitude": longitude, "radius_km": 20, "relay": "no"},
            {"latitude": (UNKNOWN,), "longitude": (UNKNOWN,), "radius_km": (UNKNOWN, 2000), "relay": ("yes", UNKNOWN)},
        )  # fmt: skip
    for key in _DEVICES:
        make.varied(Device, key, "signin_devices", {
            "key": key, "host": make.pick(NONE, *hosts), "department_code": make.pick(NONE, "FIN"), "shared": "no", "users": (),
        }, {"host": (UNKNOWN,), "shared": ("yes", UNKNOWN), "users": ((make.pick(*people),), UNKNOWN)})  # fmt: skip
    for number in range(make.pick(1, 2, 0)):
        account = make.pick(*accounts)
        for step in range(make.pick(2, 3)):
            make.varied(LoginEvent, f"way-{number}-{step}", "im", {
                "account": account, "at": make.at(30, -step * make.pick(300, 2700, 20_000)), "result": "success", "interactive": "yes",
                "abnormal": "no", "device_key": make.pick(*_DEVICES), "place_key": make.pick(*_PLACES), "relay": "no",
            }, {
                "at": (UNKNOWN,), "result": ("failure", UNKNOWN), "interactive": ("no", UNKNOWN), "device_key": (UNKNOWN,),
                "place_key": (UNKNOWN, "p9"), "relay": ("yes", UNKNOWN),
            })  # fmt: skip
