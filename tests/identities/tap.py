"""TAP, as a test speaks it."""


class Tap:
    count = failed = 0

    def test(self, right, name, details=()):
        self.count += 1
        self.failed += not right
        print(f"{'ok' if right else 'not ok'} {self.count} - {name}")
        for line in details if not right else ():
            print(f"# {line}")

    def end(self):
        """Print the plan; the exit status."""
        print(f"1..{self.count}")
        return self.failed > 0
