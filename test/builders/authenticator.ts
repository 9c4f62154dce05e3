/** A security key in software (WebAuthn level 2, ES256), as honest or dishonest as a test wants it. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** What a lie may be about; all default to the truth. */
export interface Lies {
  origin?: string;
  rpId?: string;
  challenge?: string;
  userVerified?: boolean;
  counter?: number;
  /** Changes the signature. */
  tampered?: boolean;
}

interface Options {
  challenge: string;
}

export class SoftwareKey {
  readonly id = randomBytes(32).toString('base64url');
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #origin: string;
  #counter = 0;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** What `navigator.credentials.create` answers, as the browser's JSON. */
  create(options: Options, lies: Lies = {}) {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    // COSE: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
    const cose = Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      cborBytes(Buffer.from(x, 'base64url')),
      Buffer.from([0x22]),
      cborBytes(Buffer.from(y, 'base64url')),
    ]);
    const id = Buffer.from(this.id, 'base64url');
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose]);
    const attestation = Buffer.concat([
      Buffer.from([0xa3]),
      cborText('fmt'),
      cborText('none'),
      cborText('attStmt'),
      Buffer.from([0xa0]),
      cborText('authData'),
      cborBytes(this.#authenticatorData(lies, attested)),
    ]);
    return this.#credential({
      clientDataJSON: this.#clientData('webauthn.create', options, lies),
      attestationObject: attestation.toString('base64url'),
      transports: ['usb'],
    });
  }

  /** What `navigator.credentials.get` answers, as the browser's JSON. */
  get(options: Options, lies: Lies = {}) {
    const authenticatorData = this.#authenticatorData(lies);
    const clientDataJSON = this.#clientData('webauthn.get', options, lies);
    const signed = Buffer.concat([authenticatorData, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
    const signature = sign('sha256', signed, this.#keys.privateKey);
    if (lies.tampered) signature[signature.length - 1]! ^= 1;
    return this.#credential({
      clientDataJSON,
      authenticatorData: authenticatorData.toString('base64url'),
      signature: signature.toString('base64url'),
    });
  }

  #credential<Response>(response: Response) {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response };
  }

  #clientData(type: string, { challenge }: Options, lies: Lies): string {
    const data = { type, challenge: lies.challenge ?? challenge, origin: lies.origin ?? this.#origin };
    return Buffer.from(JSON.stringify({ ...data, crossOrigin: false })).toString('base64url');
  }

  /** RP id hash, flags (present, verified, attested), counter. */
  #authenticatorData(lies: Lies, attested?: Buffer): Buffer {
    const head = Buffer.alloc(37);
    sha256(Buffer.from(lies.rpId ?? new URL(this.#origin).hostname)).copy(head);
    head[32] = 0x01 | (lies.userVerified === false ? 0 : 0x04) | (attested ? 0x40 : 0);
    head.writeUInt32BE(lies.counter ?? ++this.#counter, 33);
    return attested ? Buffer.concat([head, attested]) : head;
  }
}

const sha256 = (data: Buffer): Buffer => createHash('sha256').update(data).digest();

/** Texts here are shorter than 24 bytes. */
const cborText = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);
const cborBytes = (bytes: Buffer): Buffer =>
  bytes.length < 256
    ? Buffer.concat([Buffer.from([0x58, bytes.length]), bytes])
    : Buffer.concat([Buffer.from([0x59, bytes.length >> 8, bytes.length & 255]), bytes]);
