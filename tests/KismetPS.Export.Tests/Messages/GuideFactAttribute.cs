using Xunit;

namespace KismetPS.Export.Tests.Messages;

/// <summary>A test against the export guide's own receivers; skipped without Python or the guide.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GuideFactAttribute : FactAttribute
{
    public GuideFactAttribute() => Skip = new PythonFactAttribute().Skip ?? (GuideReceiver.Code("tcp_server") is null ? "The export guide is not there: reference/brief beside the captures." : null);
}
