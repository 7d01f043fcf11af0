// The job of the function process: the secret, one connection over TLS, one item stored once, in one transaction.
'use strict';
const fs = require('node:fs');
const { Pool } = require('pg');
const { SecretsManagerClient, GetSecretValueCommand } = require('@aws-sdk/client-secrets-manager');

let pool;

async function connect() {
  const client = new SecretsManagerClient({});
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: process.env.DB_SECRET_ARN }));
  const { host, port, username, password, dbname } = JSON.parse(SecretString);
  const ssl = { ca: fs.readFileSync(process.env.DB_SSL_ROOT_CERT, 'utf8'), rejectUnauthorized: true };
  return new Pool({ host, port, user: username, password, database: dbname, ssl, max: 1 });
}

exports.handler = async ({ data }) => {
  pool ??= await connect();
  const { id, value, ...attributes } = data;
  const session = await pool.connect();
  try {
    await session.query('begin');
    const stored = await session.query(
      `insert into pglambda.processed_items (id, value, attributes, processed_at, call_id)
       values ($1, $2, $3, statement_timestamp(), $4)
       on conflict on constraint processed_items_pkey do nothing returning id`,
      [id, value, attributes, 'node']);
    const found = await session.query(
      'select processed_at, value = $2 and attributes = $3 as same from pglambda.processed_items where id = $1',
      [id, value, attributes]);
    await session.query('commit');
    if (!found.rows[0].same) {
      return { error: { sqlstate: '23505', message: `item ${id} has been processed with another content` } };
    }
    return {
      result: {
        status: 'success',
        message: 'Data processed successfully',
        processedData: { ...data, processed: true, timestamp: found.rows[0].processed_at },
        duplicate: stored.rowCount === 0,
      },
    };
  } catch (error) {
    await session.query('rollback');
    throw error;
  } finally {
    session.release();
  }
};
