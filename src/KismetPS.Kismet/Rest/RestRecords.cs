using KismetPS.Tracking.Remote;

namespace KismetPS.Kismet.Rest;

/// <summary>Brings the records of answers to who takes them, and counts those that were lost on the way.</summary>
internal sealed class RestRecords(RestHttp http, RemoteTables tables)
{
    private long _lost;

    /// <summary>Records that were too long or broken.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Asks; the records are taken under the gate of the tables, a bufferful at a time. Gives what lies around them.</summary>
    public Task<string> ReadAsync(string path, byte[]? form, JsonAnswerForm answerForm, RecordHandler take, CancellationToken stop) =>
        http.StreamAsync(path, form, answerForm, Gated, take, Count, stop);

    /// <summary>Asks for an array of records that no table holds.</summary>
    public Task ReadAsideAsync(string path, RecordHandler take, CancellationToken stop) =>
        http.StreamAsync(path, null, JsonAnswerForm.Array, static run => run(), take, Count, stop);

    private void Gated(Action run)
    {
        using (tables.Enter())
        {
            run();
        }
    }

    private void Count(int lost) => Interlocked.Add(ref _lost, lost);
}
