const sampleRate = 8000;

/** A WAV with a soft tone. */
export function wav(seconds: number): Buffer {
	const samples = Math.round(seconds * sampleRate);
	const file = Buffer.alloc(44 + samples * 2);
	file.write('RIFF', 0, 'latin1');
	file.writeUInt32LE(36 + samples * 2, 4);
	file.write('WAVEfmt ', 8, 'latin1');
	file.writeUInt32LE(16, 16);
	file.writeUInt16LE(1, 20);
	file.writeUInt16LE(1, 22);
	file.writeUInt32LE(sampleRate, 24);
	file.writeUInt32LE(sampleRate * 2, 28);
	file.writeUInt16LE(2, 32);
	file.writeUInt16LE(16, 34);
	file.write('data', 36, 'latin1');
	file.writeUInt32LE(samples * 2, 40);
	for (let sample = 0; sample < samples; sample++) {
		const level = Math.sin((2 * Math.PI * 440 * sample) / sampleRate) * 6000;
		file.writeInt16LE(Math.round(level), 44 + sample * 2);
	}
	return file;
}

/** MPEG-1 layer III, 32 kbit/s, 44.1 kHz, one channel. */
const mp3Head = Buffer.from([0xff, 0xfb, 0x10, 0xc0]);
const mp3FrameBytes = 104;
const mp3FrameSeconds = 1152 / 44100;

/** An MP3 of silence: frames without any data after their head decode to nothing. */
export function mp3(seconds: number): Buffer {
	const frames = Math.max(1, Math.round(seconds / mp3FrameSeconds));
	const file = Buffer.alloc(frames * mp3FrameBytes);
	for (let frame = 0; frame < frames; frame++) mp3Head.copy(file, frame * mp3FrameBytes);
	return file;
}
