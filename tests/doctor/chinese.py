"""What has to hold of every finding in Chinese."""

import re

from slopes.doctor.languages import Text

CHINESE = re.compile("[\u4e00-\u9fff]")


def same_in_chinese(found):
    """Check that the texts of findings are translated, and that all numbers, codes and places stay."""
    for finding in found:
        chinese = finding.in_language("zh")
        for field in ("text", "evidence", "cure", "tried"):
            texts = getattr(finding, field), getattr(chinese, field)
            assert isinstance(texts[0], Text) or field == "text" or not texts[0], (finding.name, field, texts)
            assert not texts[0] or CHINESE.search(texts[1]), (finding.name, field, texts)
            numbers = [sorted(re.findall(r"\d+(?:\.\d+)?(?:e[-+]\d+)?", text)) for text in texts]
            assert numbers[0] == numbers[1] or field == "text", (finding.name, field, texts)
        assert finding.url.endswith(f"/findings/{finding.name}/")
        assert chinese.url == finding.url.replace("/latest/", "/latest/zh/")
        shared = ("code", "name", "severity", "numbers", "place", "times", "calls")
        assert all(getattr(finding, name) == getattr(chinese, name) for name in shared)
