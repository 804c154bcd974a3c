using Xunit;

namespace KismetPS.Export.Tests.Reports;

/// <summary>A test that opens a page in a real browser; skipped where chromium or its driver is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() =>
        Skip = Browser.Find("chromedriver") is null || Browser.Find("chromium") is null ? "chromium and chromium-driver are not installed." : null;
}
